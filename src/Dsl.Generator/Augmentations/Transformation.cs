using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

/// <summary>What a transformation of an augmentation policy means: its draws and its operation on a batch.</summary>
internal abstract class Transformation
{
    private static readonly IReadOnlyDictionary<Type, Transformation> ByAttribute = typeof(Transformation).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Transformation)) && !type.IsAbstract)
        .Select(type => (Transformation)Activator.CreateInstance(type)!)
        .ToDictionary(transformation => transformation.Attribute);

    public static Transformation Of(TransformationAttribute attribute) => ByAttribute[attribute.GetType()];

    protected abstract Type Attribute { get; }

    /// <summary>Adds the transformation of one view.</summary>
    /// <param name="role">The stream that is transformed.</param>
    /// <param name="view">Who sees the result; names the draws.</param>
    public abstract Value Lower(TransformationAttribute attribute, Value image, Role role, string view, StepContext step);
}

/// <inheritdoc/>
internal abstract class Transformation<TAttribute> : Transformation
    where TAttribute : TransformationAttribute
{
    protected sealed override Type Attribute => typeof(TAttribute);

    public sealed override Value Lower(TransformationAttribute attribute, Value image, Role role, string view, StepContext step) =>
        Lower((TAttribute)attribute, image, role, view, step);

    protected abstract Value Lower(TAttribute attribute, Value image, Role role, string view, StepContext step);
}
