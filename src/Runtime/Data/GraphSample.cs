using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>One graph of a <see cref="GraphDataset"/>.</summary>
/// <param name="Nodes">Features [n, F]; n may be 0.</param>
/// <param name="Edges">[2, e] int64: from which node, to which, each in 0, ..., n − 1; e may be 0.</param>
public sealed record GraphSample(Tensor Nodes, Tensor Edges)
{
    /// <summary>Features of the edges [e, K], in their order; null for none. All graphs of a data set have some, or none
    /// has.</summary>
    public Tensor? EdgeFeatures { get; init; }
}
