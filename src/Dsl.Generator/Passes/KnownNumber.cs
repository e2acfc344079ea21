using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>Multiplies by a number where all elements of a gradient are one that is known on the host, as where it comes from a
/// mean: no tensor is made of it.</summary>
internal static class KnownNumber
{
    /// <param name="seed">The total's gradient, which is 1.</param>
    public static void Run(Computation computation, Value seed)
    {
        foreach (var node in computation.Nodes)
        {
            if (node.Operation is not Multiply) continue;
            for (int i = 0; i < 2; i++)
            {
                Value factor = node.Inputs[i], other = node.Inputs[1 - i];
                if (other.Shape != node.Output.Shape || Of(factor, seed) is not { } number) continue;
                node.Become(new Scale(number), other);
                break;
            }
        }
    }

    /// <summary>The number that all elements of a gradient are; null where it takes a computation to know.</summary>
    public static Scalar? Of(Value gradient, Value seed)
    {
        if (gradient == seed) return 1;
        if (gradient.Producer.Inputs.Count == 0 || Of(gradient.Producer.Inputs[0], seed) is not { } number) return null;
        return gradient.Producer.Operation switch
        {
            Scale scale => number * scale.Factor,
            DivideBy divide => number / divide.Divisor,
            ExpandAs or Unsqueeze => number,
            _ => null,
        };
    }
}
