using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;

namespace Dsl.Generator.Checking;

/// <summary>A declared augmentation policy: placement and ranges.</summary>
internal static class AugmentationChecker
{
    public static void Check(AugmentationDeclaration declaration, Findings findings)
    {
        PlacementChecker.Check(declaration.Type, findings);
        if (declaration.Transformations.Count == 0)
            findings.Add(Catalogue.NoTransformations, declaration.Type.Site, declaration.Type.Name);
        Binder.BindAll<TransformationAttribute>(declaration.Transformations, findings);
    }
}
