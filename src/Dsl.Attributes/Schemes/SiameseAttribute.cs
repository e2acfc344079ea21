namespace Dsl;

/// <summary>
/// Siamese training on given pairs: one network sees both halves of a pair, and a label says whether they belong together: mean
/// ½·s·d² + ½·(1 − s)·max(0, m − d)², d the Euclidean distance of the two embeddings (Hadsell, Chopra and LeCun
/// 2006, equation 4; the network twice with shared weights: Bromley et al. 1993).
/// </summary>
/// <remarks>
/// For data that say which pairs belong together and not of which class a sample is: signatures, faces, questions. Where there
/// are classes, <see cref="ContrastivePairsAttribute"/> and <see cref="TripletAttribute"/> compare all samples of a batch, which
/// are many more pairs for the same work. <c>Fit(pairs)</c> takes a source with the first halves as its inputs, the second ones
/// under the name <c>other</c>, as <c>InMemoryData.With("other", seconds)</c> says, and labels [N] int64: 1 for halves that
/// belong together, 0 for others, -100 where nobody knows. Both halves go through the network in one pass of 2N samples, so that
/// a batch normalisation sees both. The model, or the <see cref="ProjectionAttribute{THead}"/> behind it, returns a vector for
/// each sample, [N, D]. Where <see cref="AugmentAttribute{TPolicy}"/> is declared, each half has a random view of its own.
/// <c>Losses.Spread</c> tells of a collapse, which pairs that do not belong together prevent: give both kinds.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Signature&gt;, Siamese(Margin = 1), Adam(1e-3), BatchSize(64), Epochs(20)]
/// public partial class SignatureTrainer;
///
/// using var pairs = new InMemoryData(first, belongs).With("other", second);
/// trainer.Fit(pairs);
/// </code></example>
public sealed class SiameseAttribute : SchemeAttribute
{
    /// <summary>m: the Euclidean distance from which pairs that do not belong together are left alone.</summary>
    [Interval("(0, inf)")]
    public double Margin { get; set; } = 1;
}
