using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Practices;

/// <summary>
/// Dropout whose result a batch normalisation sees: it changes the variance in training and not in evaluation, so that running
/// statistics do not fit what they normalise (Li et al. 2019, arXiv 1801.05134).
/// </summary>
internal static class DropoutBeforeBatchNorm
{
    public static void Check(NetworkProgram network, Findings findings)
    {
        foreach (var dropout in network.Computation.Nodes.Where(
            node => node.Operation is Dropout or DropoutOfParts { Leading: 2 }))
        {
            if (network.LayerOf(dropout) is { Declaration: { } dropped } layer
                && FirstBatchNorm(network, dropout) is { } batchNorm
                && network.LayerOf(batchNorm) is { Declaration: { } normalization } by && layer != by)
            {
                findings.Add(
                    Catalogue.DropoutBeforeBatchNorm, dropped.Site, normalization.Site, layer.Description, by.Description);
            }
        }
    }

    private static Node? FirstBatchNorm(NetworkProgram network, Node dropout)
    {
        var reached = new HashSet<Value> { dropout.Output };
        foreach (var node in network.Computation.Nodes.Where(node => node.Inputs.Any(reached.Contains)))
        {
            if (node.Operation is BatchNormalization) return node;

            // These give every sample a variance of its own anew.
            if (node.Operation is not (LayerNormalization or GroupNormalization)) reached.UnionWith(node.Outputs);
        }

        return null;
    }
}
