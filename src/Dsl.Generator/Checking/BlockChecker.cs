using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;

namespace Dsl.Generator.Checking;

/// <summary>A declared block on its own: placement. Its shapes are checked where it is used.</summary>
internal static class BlockChecker
{
    public static void Check(BlockDeclaration declaration, Findings findings)
    {
        PlacementChecker.Check(declaration.Type, findings);
        foreach (var stray in declaration.StrayLayers)
            findings.Add(Catalogue.LayersOnSeveralParts, stray, declaration.Type.Name);
        if (declaration.Layers.Count == 0 && declaration.StrayLayers.Count == 0 && !declaration.Type.HasUnknownAttribute)
            findings.Add(Catalogue.NoLayers, declaration.Type.Site, declaration.Type.Name);
    }
}
