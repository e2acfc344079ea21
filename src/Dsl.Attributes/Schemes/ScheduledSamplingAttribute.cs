namespace Dsl;

/// <summary>
/// Scheduled sampling: a network that tells the next token of a sequence sees, in place of some true tokens, those that it tells
/// itself, more of them as training goes on (Bengio et al. 2015, arXiv 1506.03099). Without it, it has never seen its own
/// errors when it writes (teacher forcing).
/// </summary>
/// <remarks>
/// <para>
/// The network takes tokens [N, T] and returns logits [N, T, V] of the token behind each place, which depends on that place and
/// those before it alone; the objective is <c>[CrossEntropy(PerPosition = true)]</c>. Each token but the first stays with the
/// chance ε of the update and is else the one that the network tells at the place before: drawn, or with <see cref="Greedy"/>
/// the likeliest. No gradient flows through what was told.
/// </para>
/// <para>
/// What is told depends on tokens before it, which may be told themselves. A pass of the network tells all places at once, of
/// the tokens that are there: one pass is of true tokens (Mihaylova and Martins 2019, arXiv 1906.07651, section 3), each further
/// pass makes one more place, from the first on, what the paper's sequential drawing has, and T − 1 passes all of them. The
/// events and numbers that decide are drawn once. Passes are in training mode and move no running statistics.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Translator&gt;, CrossEntropy(PerPosition = true)]
/// [ScheduledSampling(SamplingDecay.InverseSigmoid, 1000, Input = "target"), Adam(1e-3), BatchSize(64), Epochs(20)]
/// public partial class TranslatorTrainer;
/// </code></example>
public sealed class ScheduledSamplingAttribute : SchemeAttribute
{
    /// <summary>Sampling that begins with true tokens.</summary>
    /// <param name="decay">How their share falls.</param>
    /// <param name="k">k: the share at the start of <see cref="SamplingDecay.Linear"/>, in (0, 1]; the base of
    /// <see cref="SamplingDecay.Exponential"/>, in (0, 1); how slow <see cref="SamplingDecay.InverseSigmoid"/> is, 1 or
    /// more.</param>
    public ScheduledSamplingAttribute(SamplingDecay decay, double k) => (Decay, K) = (decay, k);

    /// <summary>How the share of true tokens falls.</summary>
    public SamplingDecay Decay { get; }

    /// <summary>k.</summary>
    [Interval("(0, inf)")]
    public double K { get; }

    /// <summary>c: how much <see cref="SamplingDecay.Linear"/> falls with each update; must be given for it.</summary>
    [Interval("[0, 1)")]
    public double Slope { get; set; }

    /// <summary>The least share of true tokens of <see cref="SamplingDecay.Linear"/>.</summary>
    [Interval("[0, 1)")]
    public double Minimum { get; set; }

    /// <summary>The input with the tokens that the network tells the next ones of; empty for its first.</summary>
    public string Input { get; set; } = "";

    /// <summary>Whether the likeliest token is told; else one is drawn.</summary>
    public bool Greedy { get; set; }

    /// <summary>How often the network is asked before a step; generated code has a part for each.</summary>
    [Interval("[1, 100]")]
    public int Passes { get; set; } = 1;
}
