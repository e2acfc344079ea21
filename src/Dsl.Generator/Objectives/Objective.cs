using System;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Objectives;

/// <summary>What an objective attribute means: its forward formula. The gradient is derived.</summary>
internal abstract class Objective : IMeaning
{
    public static Objective Of(ObjectiveAttribute attribute) => Meanings<Objective>.Of(attribute);

    /// <summary>Whether the objective reads labels.</summary>
    public virtual bool IsLabeled => false;

    /// <summary>Whether the objective learns from a teacher that the trainer is given.</summary>
    public virtual bool TakesTeacher => false;

    /// <summary>Whether the objective compares predictions of classes, and not any values.</summary>
    public virtual bool ReadsLogits => true;

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>The term in mathematical notation, without its weight.</summary>
    public abstract string Notation { get; }

    /// <summary>Adds the term to the step; a value without dimensions.</summary>
    public abstract Value Lower(Bound<ObjectiveAttribute> declared, StepContext step);
}

/// <inheritdoc/>
/// <typeparam name="TAttribute">The attribute that declares the objective.</typeparam>
internal abstract class Objective<TAttribute> : Objective
    where TAttribute : ObjectiveAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    public sealed override Value Lower(Bound<ObjectiveAttribute> declared, StepContext step) =>
        Lower((TAttribute)declared.Attribute, step);

    protected abstract Value Lower(TAttribute attribute, StepContext step);
}
