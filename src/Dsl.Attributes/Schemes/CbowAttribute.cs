namespace Dsl;

/// <summary>
/// word2vec's continuous bag of words with negative sampling: the mean vector of the words around a place tells the word that
/// stands there (Mikolov et al. 2013, arXiv 1301.3781, section 3.1; the objective arXiv 1310.4546, equation 4).
/// </summary>
/// <typeparam name="TContexts">A class with <see cref="ModelAttribute">[Model]</see> that takes a word [N, 1] and gives
/// the vector by which it is told, [N, 1, D]: an <see cref="EmbeddingAttribute">[Embedding]</see> of all words.</typeparam>
/// <remarks>
/// The model takes the words around a place [N, L], filled up with the padding index of its
/// <see cref="EmbeddingAttribute">[Embedding]</see>, and gives the vector of each, [N, L, D]. The mean is over words that are no
/// padding; a sample of padding alone is the zero vector. (The authors' program gives each word of a bag the gradient of the
/// whole mean; this is the gradient itself.)
/// <inheritdoc cref="NegativeSamplingAttribute" path="/remarks"/>
/// </remarks>
/// <example><code>
/// // Five words on either side; word 12000 fills up.
/// [Model(10, Elements = Elements.Index), Embedding(12001, 100, PaddingIndex = 12000), Init(Initializer.Uniform, Bound = 0.005)]
/// public partial class Words;
///
/// [Model(1, Elements = Elements.Index), Embedding(12000, 100), Init(Initializer.Zero)]
/// public partial class Centers;
///
/// [Trainer&lt;Words&gt;, Cbow&lt;Centers&gt;, Adam(2e-3), Polynomial, BatchSize(1024), Epochs(5)]
/// public partial class WordTrainer;
/// </code></example>
public sealed class CbowAttribute<TContexts> : NegativeSamplingAttribute;
