namespace Dsl;

/// <summary>
/// What an encoder's features are worth, told while it is trained: a linear classifier on the frozen features, and the vote of
/// the nearest neighbours, on labelled data that training does not see the labels of.
/// </summary>
/// <remarks>
/// The trainer has <c>EvaluateFeatures(data)</c>, and where it has no <c>Evaluate</c>, <c>Fit</c> takes <c>probe:</c> and asks
/// after some epochs and at the end. Features are standardised by the training part's mean and deviation; neighbours are those by
/// the cosine; the linear classifier is fitted to its minimum. A probe costs a pass over both parts and a second or two for each
/// 10,000 features; training is not affected.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Encoder&gt;, SimClr&lt;Crop, Crop&gt;, Projection&lt;Head&gt;, Probe(Every = 10), Adam(1e-3), Epochs(100)]
/// public partial class EncoderTrainer;
///
/// trainer.Fit(images, probe: new ProbeData(labelled, test));
/// </code></example>
public sealed class ProbeAttribute : RecipeAttribute
{
    /// <summary>Epochs from one probe to the next.</summary>
    [Interval("[1, inf)")]
    public int Every { get; set; } = 1;

    /// <summary>Neighbours that vote.</summary>
    [Interval("[1, inf)")]
    public int Neighbors { get; set; } = 5;

    /// <summary>The <see cref="OutputAttribute"/> or the <see cref="TagAttribute"/> of the model that is probed; its only output
    /// when it is left out.</summary>
    public string? Of { get; set; }
}
