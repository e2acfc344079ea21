using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>What a network of sequences, [N, L, D], can bring from one place to another.</summary>
internal static class PlaceFlow
{
    /// <summary>Whether what it gives at a place is known to depend on that place alone. Operations that are not known to keep
    /// places apart are taken to mix them.</summary>
    public static bool StaysAtItsPlace(NetworkProgram network) =>
        !network.IsOpaque && network.Computation.Nodes.All(node => KeepsApart(node.Operation));

    private static bool KeepsApart(Operation operation) => operation switch
    {
        Leaf or RepeatForSamples or Embedding or ClearBehindEnds => true,
        Elementwise or Graph.Operations.Activation or ReLU or PReLU or Dropout or StandardNoise => true,
        Scale or DivideBy or AddNumber or Square or Power or InverseRoot or Reciprocal or Exponential or Logarithm => true,
        Linear or LayerNormalization { Count: 1 } => true,
        Softmax { Dimension: -1 or 2 } or LogSoftmax { Dimension: -1 or 2 } => true,
        Concatenate { Dimension: 2 } or Slice { Dimension: 2 } => true,
        ReduceOver { Dimensions: var dimensions } => dimensions.All(dimension => dimension == 2),
        _ => false,
    };
}
