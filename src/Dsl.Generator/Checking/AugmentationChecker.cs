using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Checking;

/// <summary>A declared augmentation policy: placement, ranges, order; and whether it fits the images of a trainer.</summary>
internal static class AugmentationChecker
{
    /// <summary>Reports what is wrong with a policy wherever it is used.</summary>
    public static void Check(AugmentationDeclaration declaration, Findings findings)
    {
        PlacementChecker.Check(declaration.Type, findings);
        if (declaration.Transformations.Count == 0)
            findings.Add(Catalogue.NoTransformations, declaration.Type.Site, declaration.Type.Name).Offer(Fix.Add("RandomShift(1)", declaration.Attribute));
        Bound<TransformationAttribute>? normalization = null;
        foreach (var declared in AttributeBinder.BindAll<TransformationAttribute>(declaration.Transformations, findings))
        {
            var transformation = Transformation.Of(declared.Attribute);
            transformation.Check(declared, findings);
            if (normalization is not null && transformation.NeedsUnitRange(declared.Attribute))
                findings.Add(Catalogue.NotUnitRange, declared.Site, normalization.Site, declared.Name)
                    .Offer(Fix.Move($"Move [{normalization.Name}] behind [{declared.Name}]", normalization.Site, declared.Site));
            if (declared.Attribute is NormalizeAttribute) normalization ??= declared;
        }
    }

    /// <summary>Reports what does not fit where a policy is used; the policy itself has no findings.</summary>
    /// <param name="use">Where it is used.</param>
    /// <param name="objective">An objective with a label for each position; null when there is none.</param>
    public static void CheckUse(
        AugmentationDeclaration policy, Site use, string model, Shape image, Bound<ObjectiveAttribute>? objective, Findings findings)
    {
        var check = new ImageCheck(findings, use, model, image);
        foreach (var declared in AttributeBinder.BindAll<TransformationAttribute>(policy.Transformations, new Findings()))
        {
            var transformation = Transformation.Of(declared.Attribute);
            transformation.CheckImages(declared, check);
            if (objective is not null && transformation.Moves)
                findings.Add(Catalogue.LabelsStay, use, declared.Site, declared.Name, objective.Name);
        }
    }
}
