namespace Dsl;

/// <summary>
/// GloVe: vectors of words whose products are the logarithms of how often two words stand near each other:
/// mean f(x)·(w·c + b + d − log x)², f(x) = min(1, x/M)^a (Pennington, Socher and Manning 2014, equations 8 and 9).
/// </summary>
/// <typeparam name="TContexts">A class with <see cref="ModelAttribute">[Model]</see> that takes a word [N, 1] and gives what the
/// trainer's model gives: the table of words as contexts.</typeparam>
/// <remarks>
/// <para>
/// Both models take a word [N, 1] and give D + 1 numbers [N, 1, D + 1] (or [N, D + 1]): the vector of the word, and behind it its
/// bias. <c>Fit(data)</c> takes pairs of words that stand near each other at all: inputs the first word, the second under
/// the name <c>other</c>, labels x above 0, as the runtime's <c>CooccurrencePairs</c> gives them. The authors take the sum of
/// both vectors of a word in the end.
/// </para>
/// <para>
/// What is minimised is a mean over the batch; the authors' program, which takes the half of each pair's error, has
/// <c>[Adagrad(0.05)]</c> on one pair at a time. Nothing else is minimised: no objective, mixing or other scheme stands beside
/// it.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(1, Elements = Elements.Index), Embedding(12000, 101), Init(Initializer.Uniform, Bound = 0.005)]
/// public partial class Words;
///
/// [Model(1, Elements = Elements.Index), Embedding(12000, 101), Init(Initializer.Uniform, Bound = 0.005)]
/// public partial class Contexts;
///
/// [Trainer&lt;Words&gt;, Glove&lt;Contexts&gt;, Adagrad(0.05), BatchSize(1024), Epochs(25)]
/// public partial class WordTrainer;
/// </code></example>
public sealed class GloveAttribute<TContexts> : SchemeAttribute
{
    /// <summary>M: the count from which a pair has the full weight 1.</summary>
    [Interval("(0, inf)")]
    public double Maximum { get; set; } = 100;

    /// <summary>a: how much less rarer pairs count; 0 counts all alike.</summary>
    [Interval("[0, inf)")]
    public double Exponent { get; set; } = 0.75;
}
