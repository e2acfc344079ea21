using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Maml : EpisodeScheme<MamlAttribute>
{
    protected override string Rate => nameof(MamlAttribute.InnerRate);

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        base.CheckNetworks(declared, networks, findings);
        int adapted = ((MamlAttribute)declared.Attribute).AdaptedLayers, layers = Layers(networks[0].Network).Count;
        if (adapted == 0 || networks[0].Network.IsOpaque || adapted < layers) return;
        findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(MamlAttribute.AdaptedLayers)), networks[0].Site, declared.Name,
            "a layer in front of those that adapt", $"'{networks[0].Name}' has {layers} with parameters, and {adapted} adapt",
            "leave AdaptedLayers out, so that all adapt, or take fewer")
            .Offer(declared.Remove(nameof(MamlAttribute.AdaptedLayers)));
    }

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        var attribute = (MamlAttribute)declared.Attribute;
        Begin(step);
        Value support = Input(step, Support), parameters = step.Parameters(step.Model, "parameters");
        for (int i = 0; i < attribute.InnerSteps; i++)
        {
            Value loss = Loss(step, Support, support, parameters, objective);
            Value gradient = attribute.FirstOrder
                ? step.Gradient(loss, parameters, "innerGradient")
                : step.GradientOfTerm(loss, parameters, "innerGradient");
            parameters = Descend(attribute, step, parameters, gradient);
        }

        return step.Computation.Add(new DivideBy(Scalar.Of(Stream.Episodes.Rows)), "query",
            Loss(step, Query, Input(step, Query), parameters, objective));
    }

    protected override int InnerSteps(MamlAttribute attribute) => attribute.InnerSteps;

    // Of the parameters those of the last layers, in the order of the arena.
    protected override Value Followed(MamlAttribute attribute, StepContext step, Value gradient)
    {
        if (attribute.AdaptedLayers == 0) return gradient;
        NetworkProgram network = step.Model.Network!;
        var adapted = Layers(network).Skip(Layers(network).Count - attribute.AdaptedLayers).SelectMany(layer => layer);
        var segments = adapted.Select(network.Layout.SegmentOf).OrderBy(segment => segment.Offset);
        string ranges = string.Join(", ", segments.Select(segment => Spelling.Join(segment.Offset, segment.Length)));
        Value mask = step.Computation.Add(
            new RuntimeFunction("ParameterMask.Of", new(new[] { ranges }), gradient.Shape), "adaptedParameters", gradient);
        return step.Computation.Add(new Multiply(), "adaptedGradient", gradient, mask);
    }

    // The trained parameters of each layer that has any, in order.
    private static IReadOnlyList<IReadOnlyList<NetworkParameter>> Layers(NetworkProgram network) =>
        network.Parameters.Where(parameter => !parameter.IsFrozen)
            .GroupBy(parameter => parameter.Name.Substring(0, Math.Max(0, parameter.Name.LastIndexOf('.'))))
            .Select(layer => (IReadOnlyList<NetworkParameter>)layer.ToList()).ToList();
}
