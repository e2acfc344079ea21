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
        PlacementChecker.CheckName(declaration.Type, FixedMembers
            .Concat(network.Parameters.Select(parameter => parameter.Member))
            .Concat(network.Buffers.Select(buffer => buffer.Member)), findings);
        return findings.Any ? null : network;
    }

    private static readonly string[] FixedMembers =
        ["Arena", "Backward", "Bind", "BindGradients", "CopyBuffersFrom", "Dispose", "DropoutStream", "Forward", "Initialize", "ParameterCount", "Tape", "forward"];
}
