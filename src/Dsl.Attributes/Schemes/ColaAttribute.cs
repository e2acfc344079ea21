namespace Dsl;

/// <summary>
/// Pairs of segments, as COLA has them for sounds: of each sample two segments are drawn, and by a bilinear similarity each first
/// one is to find the second one of its own sample among those of the batch: mean −log softmax(z_i·W·z′_j, all j)[i]
/// (Saeed, Grangier and Zeghidour 2020, arXiv 2010.10915, equations 1 and 2).
/// </summary>
/// <typeparam name="TSimilarity">A class with <see cref="ModelAttribute">[Model]</see> that gives z·W of z, [N, D] to [N, D]:
/// habitually <c>[Model(D), Linear(D, Bias = false)]</c>.</typeparam>
/// <param name="length">T: how many places a sample of the data has, at least as many as the model takes.</param>
/// <remarks>
/// No objective and no labels: <c>Fit(sequences)</c>, samples [N, T, ...]. The model takes a segment, [N, S, ...], and it, or the
/// <see cref="ProjectionAttribute{THead}"/> behind it, returns a vector, [N, D]; the authors end it with a layer normalisation
/// and a tanh. The two segments start anywhere, evenly drawn, and may overlap: what tells in an overlap is no help for what
/// follows, so take T several times S. The other samples of a batch are the negatives: large batches help, and two samples of one
/// recording are pushed apart. <c>Losses.Spread</c> tells of a collapse.
/// </remarks>
/// <example><code>
/// [Model(64, 16), TemporalConv(32, 5), ReLU, GlobalAvgPool1d, Linear(32), LayerNorm, Tanh]
/// public partial class Sound;
///
/// [Model(32), Linear(32, Bias = false)]
/// public partial class Similarity;
///
/// [Trainer&lt;Sound&gt;, Cola&lt;Similarity&gt;(512), Adam(1e-3), BatchSize(256, DropLast = true), Epochs(30)]
/// public partial class SoundTrainer;
/// </code></example>
public sealed class ColaAttribute<TSimilarity>(int length) : SchemeAttribute
{
    /// <summary>T: the places of a sample.</summary>
    [Interval("[1, inf)")]
    public int Length { get; } = length;
}
