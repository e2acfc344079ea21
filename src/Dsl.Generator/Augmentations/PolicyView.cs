using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

/// <summary>A policy applied to images: its transformations in order, neighbours that move images as one map.</summary>
internal static class PolicyView
{
    public static Value Lower(AugmentationDeclaration policy, Value image, ViewContext view)
    {
        var transformations = Bind(policy);
        for (int i = 0; i < transformations.Count;)
        {
            // Pixels that are interpolated twice are blurred twice. What moves by whole pixels needs no interpolation.
            var run = transformations.Skip(i).TakeWhile(attribute => Transformation.Of(attribute) is IMotion).ToList();
            if (run.Count > 1 && run.Any(attribute => ((IMotion)Transformation.Of(attribute)).Interpolates))
            {
                var maps = run.Select(attribute => ((IMotion)Transformation.Of(attribute)).Map(attribute, view)).ToArray();
                image = view.Transform("AffineMap.Apply", "moved", [image, .. maps]);
                i += run.Count;
            }
            else
            {
                image = Transformation.Of(transformations[i]).Lower(transformations[i], image, view);
                i++;
            }
        }

        return image;
    }

    /// <summary>The transformations that evaluation needs, too; null when there are none.</summary>
    public static Value? LowerFixed(AugmentationDeclaration policy, Value image, ViewContext view)
    {
        var needed = Bind(policy).Where(attribute => Transformation.Of(attribute).IsFixed).ToList();
        foreach (var attribute in needed) image = Transformation.Of(attribute).Lower(attribute, image, view);
        return needed.Count == 0 ? null : image;
    }

    /// <summary>The first transformation that draws random numbers; null when the policy shows every image the same in each
    /// step.</summary>
    public static Bound<TransformationAttribute>? FirstRandom(AugmentationDeclaration policy) =>
        AttributeBinder.BindAll<TransformationAttribute>(policy.Transformations, new Findings())
            .FirstOrDefault(declared => !Transformation.Of(declared.Attribute).IsFixed);

    /// <summary>The first transformation whose images do not lie in [0, 1]; null where all do.</summary>
    public static Bound<TransformationAttribute>? FirstOutsideUnitRange(AugmentationDeclaration policy) =>
        AttributeBinder.BindAll<TransformationAttribute>(policy.Transformations, new Findings())
            .FirstOrDefault(declared => Transformation.Of(declared.Attribute).LeavesUnitRange);

    /// <summary>The first transformation whose images have to lie in [0, 1], where they come as the data have them; null where
    /// there is none.</summary>
    public static Bound<TransformationAttribute>? FirstOfUnitRange(AugmentationDeclaration policy) =>
        AttributeBinder.BindAll<TransformationAttribute>(policy.Transformations, new Findings())
            .TakeWhile(declared => !Transformation.Of(declared.Attribute).LeavesUnitRange)
            .FirstOrDefault(declared => Transformation.Of(declared.Attribute).NeedsUnitRange(declared.Attribute));

    /// <summary>What is made of images before the network sees them in evaluation, too; null for nothing.</summary>
    public static Value? LowerFixed(AugmentationDeclaration policy, Value image, Computation computation) =>
        LowerFixed(policy, image, new ViewContext(computation, image.Shape, "View", draw => throw new InvalidOperationException(
            $"{policy.Type.Name} draws {draw.Name} in a view that is not random")));

    private static List<TransformationAttribute> Bind(AugmentationDeclaration policy) =>
        AttributeBinder.BindAll<TransformationAttribute>(policy.Transformations, new Findings()).Select(bound => bound.Attribute)
            .ToList();
}
