namespace Dsl;

/// <summary>
/// word2vec's skip-gram with negative sampling: a word tells each word near it
/// (Mikolov et al. 2013, arXiv 1310.4546, section 2.2).
/// </summary>
/// <typeparam name="TContexts">A class with <see cref="ModelAttribute">[Model]</see> that takes a word [N, 1] and gives
/// its vector as a context, [N, 1, D]: an <see cref="EmbeddingAttribute">[Embedding]</see> of all words.</typeparam>
/// <remarks>
/// The model takes a word [N, 1] and gives its vector [N, 1, D] (or anything, and gives [N, D]).
/// <inheritdoc cref="NegativeSamplingAttribute" path="/remarks"/>
/// </remarks>
/// <example><code>
/// [Model(1, Elements = Elements.Index), Embedding(12000, 100), Init(Initializer.Uniform, Bound = 0.005)]
/// public partial class Words;
///
/// [Model(1, Elements = Elements.Index), Embedding(12000, 100), Init(Initializer.Zero)]
/// public partial class Contexts;
///
/// [Trainer&lt;Words&gt;, SkipGram&lt;Contexts&gt;, Adam(2e-3), Polynomial, BatchSize(1024), Epochs(5)]
/// public partial class WordTrainer;
/// </code></example>
public sealed class SkipGramAttribute<TContexts> : NegativeSamplingAttribute;
