namespace Dsl;

/// <summary>
/// A Wasserstein GAN with clipped weights: the critic f minimises mean f(G(z)) − mean f(x), and after each of its updates every
/// parameter of it is brought back into [−c, c], which bounds its slope; the trainer's model G minimises −mean f(G(z))
/// (Arjovsky, Chintala and Bottou 2017, arXiv 1701.07875, algorithm 1).
/// </summary>
/// <typeparam name="TCritic">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns
/// and gives one number [N, 1].</typeparam>
/// <remarks>
/// <para>
/// A step updates the critic on its batch, and every <see cref="CriticSteps"/>-th step then the generator. The loss that is
/// watched is the critic's, the negative estimate of the distance in units of the bound on its slope.
/// </para>
/// <para>
/// The paper has RMSProp for both: momentum on the critic made training unstable (section 4.3). Clipping is the crude way to
/// bound a slope, as the paper says; <see cref="WganGpAttribute{TCritic}">[WganGp]</see> is the better one.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Painter&gt;, Wgan&lt;Critic&gt;(Clip = 0.01, CriticSteps = 5)]
/// [RmsProp(5e-5), RmsProp(5e-5, For = "Critic"), BatchSize(64), Steps(100_000)]
/// public partial class PainterTrainer;
/// </code></example>
public sealed class WganAttribute<TCritic> : AdversarialAttribute
{
    /// <summary>c: the bound of every parameter of the critic.</summary>
    [Interval("(0, inf)")]
    public double Clip { get; set; } = 0.01;

    /// <summary>Updates of the critic for each of the generator.</summary>
    [Interval("[1, inf)")]
    public int CriticSteps { get; set; } = 5;
}
