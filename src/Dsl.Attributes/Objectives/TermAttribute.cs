using System;

namespace Dsl;

/// <summary>A term of what a trainer minimises. Several objectives on one trainer are summed, each with its weight.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class TermAttribute : Attribute
{
    /// <summary>Factor of this term in the total. With a single term left at 1 the factor is not emitted.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;

    /// <summary>The <see cref="OutputAttribute"/> or the <see cref="TagAttribute"/> of the model that the term reads; the model's
    /// only output when it is left out.</summary>
    public string? Of { get; set; }

    /// <summary>The name of a data set of the term's own, an argument of <c>Fit</c> behind the trainer's: <c>"reviews"</c>. A
    /// step reads a batch of it, too, as large as the other; its passes are no epochs. The trainer's data when it is left
    /// out.</summary>
    public string? Data { get; set; }

    /// <summary>Whether each position of a sample is a prediction of its own: the tokens of a sequence, logits [N, T, K] and
    /// labels [N, T], or the pixels of an image, logits [N, K, H, W] and labels [N, H, W]. The mean is then over all of
    /// them.</summary>
    public bool PerPosition { get; set; }
}
