namespace Dsl;

/// <summary>
/// <c>Fit</c> takes the path of a checkpoint and saves to it again and again, and at the end of the run: a run that fails
/// leaves its last good checkpoint. Without a unit, after every epoch.
/// </summary>
/// <remarks>
/// The file is replaced as a whole or not at all. Before it is, the weights must be finite: a run that diverges ends with an
/// exception and leaves the file as it was. <c>Resume</c> continues from it, bit for bit.
/// </remarks>
public sealed class CheckpointAttribute : RecipeAttribute
{
    /// <summary>Epochs between two checkpoints. Not together with <see cref="EverySteps"/>.</summary>
    [Interval("[0, inf)")]
    public int EveryEpochs { get; set; }

    /// <summary>Steps between two checkpoints. Not together with <see cref="EveryEpochs"/>.</summary>
    [Interval("[0, inf)")]
    public int EverySteps { get; set; }

    /// <summary>How many of the latest checkpoints stay beside the file, as <c>run.step-600.safetensors</c> beside
    /// <c>run.safetensors</c>.</summary>
    [Interval("[0, inf)")]
    public int Keep { get; set; }

    /// <summary>Whether the checkpoint of the best evaluation stays beside the file, as <c>run.best.safetensors</c>: by what
    /// <c>[EarlyStopping]</c> watches, else by the loss on the validation data, which <c>Fit</c> must then be given.</summary>
    public bool KeepBest { get; set; }
}
