using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Practices;

/// <summary>A bias whose channel has its mean subtracted next: the normalisation's own bias does its work (Ioffe and Szegedy
/// 2015, section 3.2).</summary>
internal static class RedundantBias
{
    public static void Check(NetworkProgram network, Findings findings)
    {
        foreach (var node in network.Computation.Nodes.Where(SubtractsChannelMeans))
        {
            Value input = node.Inputs[0].Producer.Operation is Contiguous ? node.Inputs[0].Producer.Inputs[0] : node.Inputs[0];

            // What counts the normalisation's batches reads its input too, but no number of it.
            int uses = network.Computation.Uses(input).Count(use => !use.Operation.HasEffect);
            if (!HasChannelBias(input.Producer) || uses > 1) continue;
            if (network.LayerOf(input.Producer) is not { Declaration: { } biased } layer
                || network.LayerOf(node) is not { Declaration: { } normalization } by) continue;
            if (layer == by || network.IsFrozen(input.Producer.Inputs[2])) continue;
            findings.Add(Catalogue.RedundantBias, biased.Site, normalization.Site, layer.Description, by.Description)
                .Offer(biased.Attribute is LinearAttribute or ConvolutionAttribute
                    ? biased.Set(nameof(LinearAttribute.Bias), "false") : null);
        }
    }

    private static bool SubtractsChannelMeans(Node node) =>
        node.Operation is BatchNormalization
            || (node.Operation is GroupNormalization groups && groups.Groups == node.Inputs[0].Shape[1].Factor);

    // A linear layer's bias belongs to the last dimension, which is the channels' in [N, C] alone.
    private static bool HasChannelBias(Node node) =>
        node.Inputs.Count == 3 && (node.Operation is Convolution || (node.Operation is Linear && node.Output.Shape.Rank == 2));
}
