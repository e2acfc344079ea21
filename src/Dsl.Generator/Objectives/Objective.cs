using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>What an objective attribute means: its forward formula. The gradient is derived.</summary>
internal abstract class Objective : IMeaning
{
    public static Objective Of(Bound<TermAttribute> declared) => Meanings<Objective>.Of(declared.Attribute).For(declared);

    /// <summary>The meaning of a declaration, where it depends on more than the attribute's class.</summary>
    public virtual Objective For(Bound<TermAttribute> declared) => this;

    /// <summary>What of it only autograd can differentiate; null where the compiler can.</summary>
    /// <param name="prediction">What it reads of the network.</param>
    public virtual string? AutogradReason(Value prediction) => null;

    /// <summary>What labels the objective reads.</summary>
    public virtual LabelKind Labels => LabelKind.None;

    /// <summary>What the model is expected to return.</summary>
    public virtual Prediction Reads => Prediction.Logits;

    /// <summary>Whether the objective reads labels.</summary>
    public bool IsLabeled => Labels != LabelKind.None;

    /// <summary>Whether the objective learns from a teacher that the trainer is given.</summary>
    public virtual bool TakesTeacher => false;

    /// <summary>Whether that teacher is an earlier copy of the network itself.</summary>
    public virtual bool LearnsFromItself => false;

    /// <summary>How the teacher is asked; null for once and as it is.</summary>
    public virtual TeacherRequest? Request(TermAttribute attribute) => null;

    /// <summary>What is read of the teacher in place of its prediction; null for that.</summary>
    public virtual TeacherTag? ReadsTag(TermAttribute attribute) => null;

    /// <summary>Reports what the teacher's settings contradict in the rest of the trainer.</summary>
    public virtual void CheckTeacher(Bound<TermAttribute> declared, TrainerDeclaration trainer, Findings findings)
    {
    }

    /// <summary>Whether the objective means nothing without another one.</summary>
    public virtual bool IsRegularizer => false;

    /// <summary>Whether the objective depends on predictions and labels alone: not on random numbers, nor on what is counted of
    /// the data.</summary>
    public virtual bool ReadsLabelsAlone(TermAttribute attribute) => !TakesTeacher && !IsRegularizer;

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Reports durations that contradict each other or the length of the run.</summary>
    public virtual void Check(Bound<TermAttribute> declared, RunCheck run)
    {
    }

    /// <summary>Reports arguments that contradict each other or what the model returns.</summary>
    public abstract void Check(Bound<TermAttribute> declared, ResultCheck result);

    /// <summary>The term in mathematical notation, without its weight.</summary>
    public abstract string Describe(TermAttribute attribute);

    /// <summary>What the letters of the notation stand for, beside z, y and those that every objective uses alike.</summary>
    public abstract IReadOnlyList<Symbol> Symbols(TermAttribute attribute);

    /// <summary>The factor of the term where it is not alone.</summary>
    public abstract Scalar Weight(TermAttribute attribute, Comparison compared);

    /// <summary>The term as a function of a prediction and what it is compared with; a value without dimensions.</summary>
    public abstract Value Lower(TermAttribute attribute, Comparison compared);
}

/// <inheritdoc/>
/// <typeparam name="TAttribute">The attribute that declares the objective.</typeparam>
internal abstract class Objective<TAttribute> : Objective
    where TAttribute : TermAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    /// <summary>The term in mathematical notation, where it does not depend on the arguments.</summary>
    protected abstract string Notation { get; }

    public sealed override void Check(Bound<TermAttribute> declared, ResultCheck result) =>
        Check((TAttribute)declared.Attribute, result);

    public sealed override string Describe(TermAttribute attribute) =>
        Reduce(Describe((TAttribute)attribute), (attribute as ReducedObjectiveAttribute)?.Reduction ?? Reduction.Mean);

    public sealed override IReadOnlyList<Symbol> Symbols(TermAttribute attribute) => Symbols((TAttribute)attribute);

    public sealed override Value Lower(TermAttribute attribute, Comparison compared) =>
        Lower((TAttribute)attribute, compared);

    public sealed override Scalar Weight(TermAttribute attribute, Comparison compared) =>
        Weight((TAttribute)attribute, compared);

    protected virtual Scalar Weight(TAttribute attribute, Comparison compared) =>
        compared.Hyperparameter(attribute, nameof(attribute.Weight));

    protected virtual void Check(TAttribute attribute, ResultCheck result)
    {
    }

    protected virtual string Describe(TAttribute attribute) => Notation;

    protected virtual IReadOnlyList<Symbol> Symbols(TAttribute attribute) => [];

    protected abstract Value Lower(TAttribute attribute, Comparison compared);

    // A notation begins with how rows become one number.
    private static string Reduce(string notation, Reduction reduction)
    {
        int mean = notation.IndexOf("mean ", StringComparison.Ordinal);
        return reduction == Reduction.Sum && mean is 0 or 1
            ? notation.Substring(0, mean) + "sum " + notation.Substring(mean + "mean ".Length) : notation;
    }
}
