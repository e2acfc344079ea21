using System.Collections.Generic;
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

    /// <summary>Whether a value is known to read sequences in one direction alone, by recurrences: what it gives at a place
    /// depends on that place and those before it, or behind it.</summary>
    /// <param name="reverse">Whether behind it.</param>
    public static bool ReadsInOneDirection(Value value, bool reverse)
    {
        var seen = new HashSet<Value>();
        var open = new Stack<Value>([value]);
        while (open.Count > 0)
        {
            Value next = open.Pop();
            if (!seen.Add(next)) continue;
            var operation = next.Producer.Operation;
            if (operation is Recurrence recurrence ? recurrence.Reverse != reverse
                : operation is not (Permute or Contiguous) && !KeepsApart(operation)) return false;
            foreach (Value input in next.Producer.Inputs) open.Push(input);
        }

        return true;
    }

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
