namespace Dsl;

/// <summary>
/// Flow matching: the network learns the velocity at which noise flows to samples, and sampling follows it. On the straight paths
/// of optimal transport, x_t = (1 − (1 − σ)·t)·z + t·x with z standard normal and t drawn evenly from [0, 1), what is
/// minimised is mean (x − (1 − σ)·z − f(x_t, t))² (Lipman et al. 2023, arXiv 2210.02747, equations 22 and 23).
/// </summary>
/// <remarks>
/// <para>
/// The model returns what it takes, and has a further input for t: real numbers [N] in [0, 1], of which 0 is noise and 1 the
/// sample. <see cref="TimestepEmbeddingAttribute">[TimestepEmbedding(D, Scale = 1000)]</see> makes features of it.
/// </para>
/// <para>
/// <c>Sample(count, steps, seed)</c> follows the flow in equal steps, in evaluation mode, by the average of the weights where
/// there is <c>[WeightAverage]</c>. It is a function of the noise that it begins with. With <see cref="Label"/> the trainer reads
/// labels, and it takes the labels that samples shall have, and a scale of guidance.
/// </para>
/// <para>Nothing else is minimised: no objective, mixing or other scheme stands beside it.</para>
/// </remarks>
/// <example><code>
/// [Model(64), Input("time"), Tag("between")]
/// [From("time"), TimestepEmbedding(64, Scale = 1000), Linear(64), SiLU, Tag("when")]
/// [From("between"), Concat("when"), Linear(256), SiLU, Linear(64)]
/// public partial class Velocity;
///
/// [Trainer&lt;Velocity&gt;, FlowMatching, Adam(1e-3), WeightAverage(Decay = 0.999), BatchSize(128), Steps(3000)]
/// public partial class VelocityTrainer;
/// </code></example>
public sealed class FlowMatchingAttribute : SchemeAttribute
{
    /// <summary>σ: the deviation that a sample keeps at t = 1.</summary>
    [Interval("[0, 1)")]
    public double Sigma { get; set; }

    /// <summary>How <c>Sample</c> follows the flow.</summary>
    public OdeSolver Solver { get; set; }

    /// <summary>The model's input that t goes into.</summary>
    public string Time { get; set; } = "time";

    /// <summary>The model's input that labels go into, integers [N] in 0, ..., K; K stands for no label. Empty where samples have
    /// none.</summary>
    public string Label { get; set; } = "";

    /// <summary>K: classes of the labels; 0 without labels.</summary>
    [Interval("[0, inf)")]
    public int Classes { get; set; }

    /// <summary>p: how often a label is left out in training, which guidance needs (Ho and Salimans 2022, arXiv 2207.12598,
    /// algorithm 1).</summary>
    [Interval("[0, 1)")]
    public double LabelDropout { get; set; } = 0.1;
}
