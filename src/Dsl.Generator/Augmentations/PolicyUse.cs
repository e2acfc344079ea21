using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

/// <summary>Whether a policy fits the images of a trainer.</summary>
internal static class PolicyUse
{
    /// <summary>Reports what does not fit where a policy is used; the policy itself has no findings.</summary>
    /// <param name="use">Where it is used.</param>
    /// <param name="objective">An objective with a label for each position; null when there is none.</param>
    public static void Check(
        AugmentationDeclaration policy, Site use, string model, Shape image, Bound<TermAttribute>? objective, Findings findings)
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
