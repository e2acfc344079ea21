using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Layers;

namespace Dsl.Generator.Checking;

/// <summary>A declared model to a program: placement, ranges, shapes.</summary>
internal static class ModelChecker
{
    /// <summary>The model's program, or null with findings.</summary>
    public static NetworkProgram? Check(ModelDeclaration declaration, Findings findings)
    {
        PlacementChecker.Check(declaration.Type, findings);
        if (declaration.Type.BaseClass is { } baseClass)
            findings.Add(Catalogue.HasBaseClass, declaration.Type.Site, declaration.Type.Name, baseClass);
        foreach (var stray in declaration.StrayLayers)
            findings.Add(Catalogue.LayersOnSeveralParts, stray, declaration.Type.Name);
        if (declaration.Layers.Count == 0 && declaration.StrayLayers.Count == 0)
            findings.Add(Catalogue.NoLayers, declaration.Type.Site, declaration.Type.Name);

        var model = Binder.Bind<ModelAttribute>(declaration.Model, findings);
        var layers = declaration.Layers.Select(layer => Binder.Bind<LayerAttribute>(layer, findings)).ToList();
        if (findings.Any || model is null || layers.Contains(null)) return null;

        var network = new NetworkProgram(Shape.Of([Dim.Batch("N"), .. model.Attribute.InputShape.Select(size => (Dim)size)]));
        string producer = "the model's input";
        Site producerSite = model.Site;
        for (int index = 0; index < layers.Count; index++)
        {
            var bound = layers[index]!;
            var layer = Layer.Of(bound.Attribute);
            string description = layer.Describe(bound.Attribute);
            int nodes = network.Computation.Nodes.Count;
            long parameters = network.Parameters.Sum(parameter => parameter.Count);
            network.Computation.Section = $"{index}: {description}";
            var context = new LayerContext(network, findings, bound, index, description, producer, producerSite);
            if (layer.Lower(bound.Attribute, network.Output, context) is not { } output) return null;
            network.Output = output;
            network.Layers.Add(new NetworkLayer(index, description, output.Shape,
                network.Parameters.Sum(parameter => parameter.Count) - parameters,
                network.Computation.Nodes.Skip(nodes).ToList()));
            (producer, producerSite) = (description, bound.Site);
        }

        PlacementChecker.CheckName(declaration.Type, FixedMembers
            .Concat(network.Parameters.Select(parameter => parameter.Member))
            .Concat(network.Buffers.Select(buffer => buffer.Member)), findings);
        return findings.Any ? null : network;
    }

    private static readonly string[] FixedMembers =
        ["Arena", "Backward", "Bind", "BindGradients", "CopyBuffersFrom", "Dispose", "DropoutStream", "Forward", "Initialize", "ParameterCount", "Tape", "forward"];
}
