namespace Dsl;

/// <summary>
/// A Wasserstein GAN with gradient penalty: the critic f minimises mean f(G(z)) − mean f(x) + λ·mean (‖∇f(x̂)‖₂ − 1)² at x̂ = u·x
/// + (1 − u)·G(z) with u drawn evenly from [0, 1] for each sample; the trainer's model G minimises −mean f(G(z)) (Gulrajani et
/// al. 2017, arXiv 1704.00028, algorithm 1).
/// </summary>
/// <typeparam name="TCritic">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns
/// and gives one number [N, 1]; without batch normalisation, since the penalty is about the gradient of each sample
/// alone.</typeparam>
/// <remarks>
/// <para>
/// A step updates the critic on its batch, and every <see cref="CriticSteps"/>-th step then the generator. The loss that is
/// watched is the critic's: without its penalty, the negative estimate of the distance between samples and data.
/// </para>
/// <para>
/// The norm is over everything but the batch. The penalty's gradient is a second derivative: the critic's phase goes through
/// autograd, whatever the trainer's <c>Backward</c> says, and the compiler says so (DSL481).
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Painter&gt;, WganGp&lt;Critic&gt;(Penalty = 10, CriticSteps = 5)]
/// [Adam(1e-4, Beta1 = 0, Beta2 = 0.9), Adam(1e-4, Beta1 = 0, Beta2 = 0.9, For = "Critic"), BatchSize(64), Steps(100_000)]
/// public partial class PainterTrainer;
/// </code></example>
public sealed class WganGpAttribute<TCritic> : AdversarialAttribute
{
    /// <summary>λ: weight of the gradient penalty.</summary>
    [Interval("[0, inf)")]
    public double Penalty { get; set; } = 10;

    /// <summary>Updates of the critic for each of the generator.</summary>
    [Interval("[1, inf)")]
    public int CriticSteps { get; set; } = 5;
}
