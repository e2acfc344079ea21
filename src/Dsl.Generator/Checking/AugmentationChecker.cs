using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Checking;

/// <summary>A declared augmentation policy: placement, ranges, order.</summary>
internal static class AugmentationChecker
{
    /// <summary>Reports what is wrong with a policy wherever it is used.</summary>
    public static void Check(AugmentationDeclaration declaration, Findings findings)
    {
        PlacementChecker.Check(declaration.Type, findings);
        if (declaration.Transformations.Count == 0 && !declaration.Type.HasUnknownAttribute)
            findings.Add(Catalogue.NoTransformations, declaration.Type.Site, declaration.Type.Name)
                .Offer(Fix.Add("RandomShift(1)", declaration.Attribute));
        Bound<TransformationAttribute>? normalization = null;
        foreach (var declared in AttributeBinder.BindAll<TransformationAttribute>(declaration.Transformations, findings))
        {
            var transformation = Transformation.Of(declared.Attribute);
            transformation.Check(declared, findings);
            if (normalization is not null && transformation.NeedsUnitRange(declared.Attribute))
                findings.Add(Catalogue.NotUnitRange, declared.Site, normalization.Site, declared.Name)
                    .Offer(Fix.Move($"Move [{normalization.Name}] behind [{declared.Name}]", normalization.Site, declared.Site));
            if (transformation.LeavesUnitRange) normalization ??= declared;
        }
    }
}
