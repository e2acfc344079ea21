namespace Dsl;

/// <summary>
/// A language model of both directions without labels, ELMo's pre-training: one output tells each token from those before it,
/// the other from those behind it. The loss is the sum of both mean cross-entropies (Peters et al. 2018, arXiv 1802.05365,
/// section 3.1).
/// </summary>
/// <remarks>
/// No objective and no labels: <c>Fit(data)</c>. The model takes tokens [N, T] and returns two outputs [N, T, V]: what stands
/// at a place of the one tells the token behind it, of the other the one before it. Recurrent layers that read in one direction
/// alone make them, <see cref="RecurrentAttribute.Reversed"/> of the second; the table of words and the output's matrix may be
/// shared (<c>Share</c>), as the paper does. The sum is the paper's divided by the number of predictions of a direction.
/// </remarks>
/// <example><code>
/// [Model(64, Elements = Elements.Index), Embedding(8000, 128), Tag("words")]
/// [Lstm(128, Layers = 2), Linear(8000, Share = "output"), Output("next")]
/// [From("words"), Lstm(128, Layers = 2, Reversed = true), Linear(8000, Share = "output"), Output("previous")]
/// public partial class Texts;
///
/// [Trainer&lt;Texts&gt;, BidirectionalLanguageModel("next", "previous"), Adam(1e-3), BatchSize(32), Epochs(10)]
/// public partial class TextsTrainer;
/// </code></example>
public sealed class BidirectionalLanguageModelAttribute : SchemeAttribute
{
    /// <summary>A language model of both directions.</summary>
    /// <param name="next">The output that tells the token behind each place.</param>
    /// <param name="previous">The output that tells the token before each place.</param>
    public BidirectionalLanguageModelAttribute(string next, string previous) => (Next, Previous) = (next, previous);

    /// <summary>The output that tells the token behind each place.</summary>
    public string Next { get; }

    /// <summary>The output that tells the token before each place.</summary>
    public string Previous { get; }
}
