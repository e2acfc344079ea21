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

    /// <summary>Whether the file is written while training goes on, by another thread, from a copy of the state; else before the
    /// next step. The copy takes as much memory as the state, until <c>Fit</c> returns. Where that is more than a quarter of the
    /// memory that is left, the file is written before the next step all the same.</summary>
    /// <remarks>At most one checkpoint is being written: the next one waits for it, and so does the end of <c>Fit</c>, however it
    /// ends. What cannot be written is thrown there.</remarks>
    public bool Asynchronous { get; set; } = true;
}
