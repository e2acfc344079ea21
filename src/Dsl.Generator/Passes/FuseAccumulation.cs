using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>
/// Adds into a parameter's gradient directly what would be a temporary: a matrix product, a sum over rows, or the gradients of
/// a table's rows; and the sum while
/// the derivative of the activation behind the bias is computed.
/// </summary>
internal static class FuseAccumulation
{
    /// <param name="areTogether">Whether two operations may become one; null for any two.</param>
    public static void Run(Computation computation, Func<Node, Node, bool>? areTogether = null)
    {
        foreach (var node in computation.Nodes) Absorb(computation, node);
        var absorbed = new HashSet<Node>();
        foreach (var node in computation.Nodes)
        {
            if (node.Operation is not AccumulateRows rows || Activation(node.Inputs[0]) is not { } activation) continue;
            if (areTogether?.Invoke(node, activation) == false) continue;
            activation.Become(
                new DerivativeOfBiased((IBiasedDerivative)activation.Operation, rows.Member), activation.Inputs);
            absorbed.Add(node);
        }

        // What nobody reads any more is dropped with everything dead.
        computation.Replace(computation.Nodes.Where(node => !absorbed.Contains(node)));
    }

    private static void Absorb(Computation computation, Node node)
    {
        if (node.Operation is not Accumulate accumulate) return;
        Value value = node.Inputs[0];
        var inputs = value.Producer.Inputs;
        if (computation.Uses(value).Count() > 1) return;
        if (value.Producer.Operation is Sum { Dimension: 0 } && inputs[0].Shape.Rank > 1)
            node.Become(new AccumulateRows(accumulate.Member), inputs);

        if (value.Producer.Operation is EmbeddingBackward embedding)
            node.Become(new AccumulateEmbedding(accumulate.Member, embedding.Padding), inputs);

        // Additions take numbers of 16 bits as they are.
        if (value.Producer.Operation is WidenBFloat16 && inputs.Count == 1) node.Become(accumulate, inputs);
        if (value.Producer.Operation is not MatrixProduct) return;
        bool isTransposed = inputs[0].Producer.Operation is Transpose;
        Value left = isTransposed ? inputs[0].Producer.Inputs[0] : inputs[0];
        node.Become(new AccumulateProduct(accumulate.Member, isTransposed), left, inputs[1]);
    }

    /// <summary>The derivative that gives these rows, perhaps in another shape with the same last dimension; null where none
    /// does that the runtime has together with a bias.</summary>
    private static Node? Activation(Value rows)
    {
        if (rows.Shape.Rank != 2) return null;
        Value source = rows.Producer.Operation is Reshape ? rows.Producer.Inputs[0] : rows;
        return source.Shape[-1] == rows.Shape[-1] && source.Producer.Operation is IBiasedDerivative { TakesBias: true }
            ? source.Producer : null;
    }
}
