using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

/// <summary>What a transformation of an augmentation policy means: its draws and its operation on a batch.</summary>
internal abstract class Transformation : IMeaning
{
    public static Transformation Of(TransformationAttribute attribute) => Meanings<Transformation>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether it does the same to every image at any time, so that evaluation needs it, too.</summary>
    public virtual bool IsFixed => false;

    /// <summary>Whether it moves what is seen, so that labels of pixels would have to move as well.</summary>
    public virtual bool Moves => false;

    /// <summary>Whether what it gives does not lie in [0, 1].</summary>
    public virtual bool LeavesUnitRange => false;

    /// <summary>Whether its images have to lie in [0, 1].</summary>
    public virtual bool NeedsUnitRange(TransformationAttribute attribute) => false;

    /// <summary>What it subtracts from channels and divides them by, where it does nothing else; null for every other
    /// one.</summary>
    public virtual (IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)? Normalization(
        TransformationAttribute attribute) => null;

    /// <summary>Reports arguments that contradict each other.</summary>
    public virtual void Check(Bound<TransformationAttribute> declared, Findings findings)
    {
    }

    /// <summary>Reports what does not fit the images of a trainer.</summary>
    public virtual void CheckImages(Bound<TransformationAttribute> declared, ImageCheck images)
    {
    }

    /// <summary>Adds the transformation to a view.</summary>
    public abstract Value Lower(TransformationAttribute attribute, Value image, ViewContext view);
}

/// <inheritdoc/>
internal abstract class Transformation<TAttribute> : Transformation
    where TAttribute : TransformationAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    public sealed override bool NeedsUnitRange(TransformationAttribute attribute) => NeedsUnitRange((TAttribute)attribute);

    public sealed override void Check(Bound<TransformationAttribute> declared, Findings findings) =>
        Check((TAttribute)declared.Attribute, declared, findings);

    public sealed override void CheckImages(Bound<TransformationAttribute> declared, ImageCheck images) =>
        CheckImages((TAttribute)declared.Attribute, declared, images);

    public sealed override Value Lower(TransformationAttribute attribute, Value image, ViewContext view) =>
        Lower((TAttribute)attribute, image, view);

    protected virtual bool NeedsUnitRange(TAttribute attribute) => false;

    protected virtual void Check(TAttribute attribute, Bound<TransformationAttribute> declared, Findings findings)
    {
    }

    protected virtual void CheckImages(TAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images)
    {
    }

    protected abstract Value Lower(TAttribute attribute, Value image, ViewContext view);
}
