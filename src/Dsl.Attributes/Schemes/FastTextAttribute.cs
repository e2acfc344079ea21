namespace Dsl;

/// <summary>
/// fastText: skip-gram in which the vector of a word is the sum of its own and of those of its character n-grams, so that
/// words which the text does not have get vectors, too (Bojanowski et al. 2017, arXiv 1607.04606, section 3.2).
/// </summary>
/// <typeparam name="TContexts">A class with <see cref="ModelAttribute">[Model]</see> that takes a word [N, 1] and gives
/// its vector as a context, [N, 1, D]: an <see cref="EmbeddingAttribute">[Embedding]</see> of all words.</typeparam>
/// <remarks>
/// The model takes the number of a word and those of its n-grams [N, L], filled up with the padding index of its
/// <see cref="EmbeddingAttribute">[Embedding]</see>, and gives the vector of each, [N, L, D]. The runtime's <c>Subwords</c> has
/// the numbers. (The paper's equation is the sum; the authors' program divides it by L.)
/// <inheritdoc cref="NegativeSamplingAttribute" path="/remarks"/>
/// </remarks>
/// <example><code>
/// // 12,000 words, 50,000 buckets of n-grams, and number 62000 fills up; no word has more than 40 of them.
/// [Model(40, Elements = Elements.Index), Embedding(62001, 100, PaddingIndex = 62000), Init(Initializer.Uniform, Bound = 0.005)]
/// public partial class Subworded;
///
/// [Model(1, Elements = Elements.Index), Embedding(12000, 100), Init(Initializer.Zero)]
/// public partial class Contexts;
///
/// [Trainer&lt;Subworded&gt;, FastText&lt;Contexts&gt;, Adam(2e-3), Polynomial, BatchSize(1024), Epochs(5)]
/// public partial class SubwordTrainer;
/// </code></example>
public sealed class FastTextAttribute<TContexts> : NegativeSamplingAttribute;
