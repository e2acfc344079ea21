using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What a layer costs for one sample.</summary>
internal static class LayerCosts
{
    /// <summary>Floating-point operations of the forward pass; a multiply-add counts as two.</summary>
    public static long Flops(NetworkLayer layer) => layer.Nodes.Sum(node => node.Operation.Flops(node));

    /// <summary>Bytes that the forward pass saves for the backward pass.</summary>
    public static long SavedBytes(NetworkLayer layer, NetworkPair pair) => layer.Nodes
        .Where(node => node.Operation is not ParameterRows)
        .SelectMany(node => node.Outputs)
        .Where(value => pair.IsSaved(value) && !pair.InputOnly.Contains(value))
        .Sum(value => value.Shape.ElementsPerSample * value.Type.Element switch
        {
            ElementType.BFloat16 => 2,
            ElementType.Float => 4,
            _ => 8,
        });
}
