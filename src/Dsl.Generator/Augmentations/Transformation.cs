using System;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

/// <summary>What a transformation of an augmentation policy means: its draws and its operation on a batch.</summary>
internal abstract class Transformation : IMeaning
{
    public static Transformation Of(TransformationAttribute attribute) => Meanings<Transformation>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Adds the transformation of one view.</summary>
    /// <param name="role">The stream that is transformed.</param>
    /// <param name="view">Who sees the result; names the draws.</param>
    public abstract Value Lower(TransformationAttribute attribute, Value image, Role role, string view, StepContext step);
}

/// <inheritdoc/>
internal abstract class Transformation<TAttribute> : Transformation
    where TAttribute : TransformationAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    public sealed override Value Lower(TransformationAttribute attribute, Value image, Role role, string view, StepContext step) =>
        Lower((TAttribute)attribute, image, role, view, step);

    protected abstract Value Lower(TAttribute attribute, Value image, Role role, string view, StepContext step);
}
