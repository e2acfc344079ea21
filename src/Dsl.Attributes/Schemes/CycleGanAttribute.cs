namespace Dsl;

/// <summary>
/// A CycleGAN: the trainer's model G maps samples x of one domain to another, of which samples y are known but no pairs,
/// and a second network F maps back. Each has a judge of its results; going there and back gives the sample again: mean
/// (D(G(x)) − 1)² + mean (D'(F(y)) − 1)² + λ·(mean |F(G(x)) − x| + mean |G(F(y)) − y|) + λ·ι·(mean |G(y) −
/// y| + mean |F(x) − x|) (Zhu, Park, Isola and Efros 2017, arXiv 1703.10593, equation 3 with the losses of section 4 and
/// the identity of section 5.2).
/// </summary>
/// <typeparam name="TDiscriminator">D: takes what G returns, and gives a number or a map of numbers, large for samples
/// y.</typeparam>
/// <typeparam name="TSourceDiscriminator">D': takes what F returns, large for samples x.</typeparam>
/// <typeparam name="TBack">F: takes what G returns, and returns what G takes.</typeparam>
/// <remarks>
/// <para>
/// A step updates D and D', each by ½·(mean (D(y) − 1)² + mean D(s)²) with s from a history of G's results, then G and F
/// together by the model's optimizer, against the judges that were just updated. A result goes into the history; once that
/// is full, with probability ½ the judge sees one of it in place of the result, which takes its place.
/// </para>
/// <para>
/// <c>Fit(data, targets)</c> reads batches of both domains, each in an order of its own, and no labels.
/// <c>Translate(input)</c> is G in evaluation mode, of the average where there is <c>[WeightAverage]</c>, and
/// <c>TranslateBack(input)</c> F.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;ToZebra&gt;, CycleGan&lt;ZebraJudge, HorseJudge, ToHorse&gt;, BatchSize(1), Epochs(200)]
/// [Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator")]
/// [Adam(2e-4, Beta1 = 0.5, For = "SourceDiscriminator")]
/// public partial class ZebraTrainer;
/// </code></example>
public sealed class CycleGanAttribute<TDiscriminator, TSourceDiscriminator, TBack> : SchemeAttribute
{
    /// <summary>λ: weight of the way there and back.</summary>
    [Interval("[0, inf)")]
    public double Cycle { get; set; } = 10;

    /// <summary>ι: weight of the identity in units of λ, by which a sample that is of the other domain already stays as it
    /// is. It needs domains of one shape; 0 for none.</summary>
    [Interval("[0, inf)")]
    public double Identity { get; set; } = 0.5;

    /// <summary>Results in the history of each judge; 0 where judges see the present ones.</summary>
    [Interval("[0, inf)")]
    public int History { get; set; } = 50;
}
