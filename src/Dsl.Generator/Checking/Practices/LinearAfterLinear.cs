using System;
using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Practices;

/// <summary>
/// Two linear layers in a row are one linear map. Where the first is narrower than input and output, that map has a low rank,
/// which may be meant; else the first one adds nothing.
/// </summary>
internal static class LinearAfterLinear
{
    public static void Check(NetworkProgram network, Findings findings)
    {
        foreach (var second in network.Computation.Nodes.Where(node => node.Operation is Linear))
        {
            Value between = second.Inputs[0];
            var first = between.Producer;
            if (first.Operation is not Linear || network.Computation.Uses(between).Count() > 1
                || network.Features.Concat(network.Outputs).Any(port => port.Value == between)) continue;
            if (network.LayerOf(first)?.Declaration is not { Attribute: LinearAttribute } one
                || network.LayerOf(second)?.Declaration is not { Attribute: LinearAttribute } other) continue;
            long from = first.Inputs[0].Shape[-1].Factor, width = between.Shape[-1].Factor, to = second.Output.Shape[-1].Factor;
            if (width < Math.Min(from, to) || network.IsFrozen(first.Inputs[1]) || network.IsFrozen(second.Inputs[1])) continue;
            findings.Add(Catalogue.LinearAfterLinear, other.Site, one.Site,
                network.LayerOf(first)!.Description, network.LayerOf(second)!.Description, from.ToString(), to.ToString())
                .Offer(Fix.Insert("ReLU", other.Site), one.Site.Owner == other.Site.Owner ? one.Remove() : null);
        }
    }
}
