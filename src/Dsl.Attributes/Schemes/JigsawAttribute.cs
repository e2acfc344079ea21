namespace Dsl;

/// <summary>
/// Jigsaw puzzles: representations without labels. The tiles of an image come in one of P orders, the network sees each tile by
/// itself, and a head tells from the outputs side by side which order it is: mean −log softmax(h(f(t_1), ..., f(t_K)))[p]
/// (Noroozi and Favaro 2016, arXiv 1603.09246, section 3).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes the outputs for all tiles,
/// [N, Grid²·D], and gives a logit for each order, [N, P].</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model takes tiles [N, C, h, w] and returns a vector for each, [N, D];
/// images are [N, C, Grid·(h + Jitter), Grid·(w + Jitter)]. All tiles of all images are one pass of Grid²·N.
/// The orders are a table of the trainer, chosen when it is compiled by the authors' rule: from the order of the image on, each
/// one the farthest from those before, by how many tiles stand elsewhere. Of 9 tiles the search is among 2,000 drawn orders by
/// a fixed seed, of 4 among all 24. Without <see cref="Jitter"/> edges that go on from tile to tile tell the answer; the
/// authors cut tiles of 64 pixels from cells of 75, and standardise each tile.
/// </remarks>
/// <example><code>
/// [Trainer&lt;TileEncoder&gt;, Jigsaw&lt;Head&gt;(Permutations = 100, Grid = 3, Jitter = 2)]
/// [Sgd(0.03, Momentum = 0.9), BatchSize(128), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class JigsawAttribute<THead> : SchemeAttribute
{
    /// <summary>P: among how many orders the head chooses; at most 24 of 4 tiles.</summary>
    [Interval("[2, 1000]")]
    public int Permutations { get; set; } = 24;

    /// <summary>Tiles in each direction, 2 or 3.</summary>
    [Interval("[2, 3]")]
    public int Grid { get; set; } = 2;

    /// <summary>By how many pixels a cell is larger than its tile, which lies at a random place in it: the mean gap between
    /// neighbours.</summary>
    [Interval("[0, inf)")]
    public int Jitter { get; set; }
}
