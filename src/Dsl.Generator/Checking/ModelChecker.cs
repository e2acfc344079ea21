using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

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
        if (findings.Any || model is null) return null;

        var network = new NetworkProgram(Shape.Of([Dim.Batch("N"), .. model.Attribute.InputShape.Select(size => (Dim)size)]));
        if (!new StackChecker(network, findings).Add(declaration.Layers, "", null, ("the model's input", model.Site))) return null;
        CheckParameters(declaration, network, findings);
        PlacementChecker.CheckName(declaration.Type, FixedMembers
            .Concat(network.Parameters.Select(parameter => parameter.Member))
            .Concat(network.Aliases.Select(alias => alias.Member))
            .Concat(network.Buffers.Select(buffer => buffer.Member)), findings);
        return findings.Any ? null : network;
    }

    private static void CheckParameters(ModelDeclaration declaration, NetworkProgram network, Findings findings)
    {
        if (network.Layers.Count == 0) findings.Add(Catalogue.NoLayers, declaration.Type.Site, declaration.Type.Name);
        if (network.Parameters.Count > 0 && network.Parameters.All(parameter => parameter.IsFrozen))
        {
            var site = declaration.Layers.LastOrDefault(layer => layer.Name == nameof(FrozenAttribute))?.Site ?? declaration.Type.Site;
            findings.Add(Catalogue.NothingTrainable, site, declaration.Type.Name, network.Parameters.Count.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var shared in network.SharedWeights.Where(shared => network.Aliases.All(alias => alias.Target.Name != shared.Value.Parameter.Name)))
            findings.Add(Catalogue.SharedAlone, shared.Value.Site, shared.Value.Layer, shared.Key);
    }

    private static readonly string[] FixedMembers =
        ["Arena", "Backward", "Bind", "BindGradients", "CopyBuffersFrom", "Dispose", "DropoutStream", "Forward", "Initialize", "ParameterCount", "Tape", "forward"];
}
