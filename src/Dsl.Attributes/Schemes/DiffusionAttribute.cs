namespace Dsl;

/// <summary>
/// A diffusion model (DDPM): the network learns what noise is in a sample at each of T noise levels, and makes samples of noise
/// by taking it away level by level. x_t = √ᾱ_t·x + √(1 − ᾱ_t)·ε with ᾱ_t = Π_{s≤t} (1 − β_s), ε
/// standard normal and t drawn evenly; what is minimised is mean (ε − f(x_t, t))² (Ho, Jain and Abbeel 2020, arXiv
/// 2006.11239, algorithms 1 and 2).
/// </summary>
/// <remarks>
/// <para>
/// The model returns what it takes, and has a further input for t: integers [N] in 0, ..., T − 1, of which 0 is the least
/// noise.
/// <see cref="TimestepEmbeddingAttribute">[TimestepEmbedding]</see> makes features of it. Samples are habitually in [−1, 1].
/// </para>
/// <para>
/// The defaults of β are those of T = 1000. With another T take β·1000/T, so that as much noise is added in all, or
/// <see cref="NoiseSchedule.Cosine"/>; the compiler warns where ᾱ_T is 0.01 or more, since sampling begins with noise in which
/// nothing is left of a sample.
/// </para>
/// <para>
/// <c>Sample(count, seed)</c> goes through all levels; <c>SampleDdim(count, steps, eta, seed)</c> through some, and is
/// deterministic given the noise it begins with for <c>eta = 0</c> (Song, Meng and Ermon 2021, arXiv 2010.02502). Both are in
/// evaluation mode, of the average where there is <c>[WeightAverage]</c>, without which samples are worse. With <see
/// cref="Label"/> the trainer reads labels, and both take the labels that samples shall have, and a scale of guidance.
/// </para>
/// <para>Nothing else is minimised: no objective, mixing or other scheme stands beside it.</para>
/// </remarks>
/// <example><code>
/// [Model(64), Input("time", Elements = Elements.Index), Tag("noisy")]
/// [From("time"), TimestepEmbedding(64), Linear(64), SiLU, Tag("level")]
/// [From("noisy"), Concat("level"), Linear(256), SiLU, Linear(64)]
/// public partial class Denoiser;
///
/// [Trainer&lt;Denoiser&gt;, Diffusion, Adam(2e-4), WeightAverage(Decay = 0.9999), BatchSize(128), Steps(100_000)]
/// public partial class DenoiserTrainer;
/// </code></example>
public sealed class DiffusionAttribute : SchemeAttribute
{
    /// <summary>T: noise levels.</summary>
    [Interval("[2, 100000]")]
    public int Levels { get; set; } = 1000;

    /// <summary>How the noise grows from level to level.</summary>
    public NoiseSchedule Schedule { get; set; }

    /// <summary>β_1 of the linear schedule, less than <see cref="LastBeta"/>.</summary>
    [Interval("(0, 1)")]
    public double FirstBeta { get; set; } = 1e-4;

    /// <summary>β_T of the linear schedule.</summary>
    [Interval("(0, 1)")]
    public double LastBeta { get; set; } = 0.02;

    /// <summary>What the network predicts.</summary>
    public DiffusionTarget Target { get; set; }

    /// <summary>The model's input that t goes into.</summary>
    public string Time { get; set; } = "time";

    /// <summary>γ: with s = ᾱ_t/(1 − ᾱ_t), the signal to the noise, the error of a sample counts min(s, γ)/s where
    /// noise is predicted, min(s, γ) where the sample is, and min(s, γ)/(s + 1) for the velocity; the paper has 5. 0 where
    /// all levels count alike (Hang et al. 2023, arXiv 2303.09556).</summary>
    [Interval("[0, inf)")]
    public double MinSnr { get; set; }

    /// <summary>The variance of what <c>Sample</c> adds.</summary>
    public SamplingVariance Variance { get; set; }

    /// <summary>Sampling bounds its estimate of the sample to [−c, c] at every step: 1 for data in [−1, 1], as the
    /// authors' code does. 0 for no bound.</summary>
    [Interval("[0, inf)")]
    public double Clip { get; set; }

    /// <summary>The model's input that labels go into, integers [N] in 0, ..., K; K stands for no label. Empty where samples have
    /// none.</summary>
    public string Label { get; set; } = "";

    /// <summary>K: classes of the labels; 0 without labels.</summary>
    [Interval("[0, inf)")]
    public int Classes { get; set; }

    /// <summary>p: how often a label is left out in training, so that the network also learns to do without, which guidance needs
    /// (Ho and Salimans 2022, arXiv 2207.12598, algorithm 1).</summary>
    [Interval("[0, 1)")]
    public double LabelDropout { get; set; } = 0.1;
}
