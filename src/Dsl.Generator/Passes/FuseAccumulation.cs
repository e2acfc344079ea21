using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>Adds a matrix product into a parameter's gradient directly, without a temporary for the product.</summary>
internal static class FuseAccumulation
{
    public static void Run(Computation computation)
    {
        var absorbed = new HashSet<Node>();
        var nodes = computation.Nodes.Select(node =>
        {
            if (node.Operation is not Accumulate accumulate) return node;
            Value product = node.Inputs[0];
            if (product.Producer.Operation is not MatrixProduct || computation.Uses(product).Count() > 1) return node;
            absorbed.Add(product.Producer);
            return new Node(new AccumulateProduct(accumulate.Member), product.Producer.Inputs, node.Section);
        }).ToList();
        computation.Replace(nodes.Where(node => !absorbed.Contains(node)));
    }
}
