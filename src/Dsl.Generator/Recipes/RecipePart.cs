using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

/// <summary>What a recipe attribute means: its part of the trainer.</summary>
internal abstract class RecipePart : IMeaning
{
    public static RecipePart Of(RecipeAttribute attribute) => Meanings<RecipePart>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether it reads what an evaluation says, for which predictions are held against labels.</summary>
    public virtual bool NeedsEvaluation => false;

    /// <summary>Whether it compares a batch's predictions with its labels.</summary>
    public virtual bool ReadsLabels => false;

    /// <summary>Whether some layers of the network learn at other rates than others.</summary>
    public virtual bool SetsRates => false;

    /// <summary>Whether it reads what the network makes of whole samples of its own.</summary>
    public virtual bool ReadsFeatures => false;

    /// <summary>Why the descent goes through autograd, as the end of a sentence; null where it need not.</summary>
    public virtual string? AutogradReason => null;

    /// <summary>Whether it says how far stages of growth have come.</summary>
    public virtual bool SetsStages => false;

    /// <summary>Whether networks see something else than the samples as the data have them.</summary>
    public virtual bool ChangesSamples => false;

    /// <summary>Whether what it does holds for batches of a single data set.</summary>
    public virtual bool HasOneStream => false;

    /// <summary>What networks see of samples.</summary>
    public virtual Value See(RecipeAttribute attribute, StepContext step, Value samples) => samples;

    /// <summary>Samples of each class that it puts into a batch; null where it says nothing of them.</summary>
    public virtual int? SamplesOfAClass(RecipeAttribute attribute) => null;

    /// <summary>Whether it looks after the gradients of a step that has one descent.</summary>
    public virtual bool LooksAfterOneDescent => false;

    /// <summary>Reports arguments that contradict each other or the length of the run.</summary>
    public virtual void Check(Bound<RecipeAttribute> declared, RunCheck run)
    {
    }

    /// <summary>Whether an update has several batches.</summary>
    public virtual bool Accumulates => false;

    /// <summary>Whether several processes make an update together.</summary>
    public virtual bool HasRanks => false;

    /// <summary>Whether they sum gradients while others are computed.</summary>
    public virtual bool OverlapsSum(RecipeAttribute attribute) => false;

    /// <summary>Whether each of them keeps a part of the optimizer's state.</summary>
    public virtual bool ShardsOptimizer(RecipeAttribute attribute) => false;

    /// <summary>Whether the losses of a pass are a part of those of an update.</summary>
    public bool TakesParts => Accumulates || HasRanks;

    /// <summary>What to do where an update must be of one pass, the end of a sentence.</summary>
    public string InOnePass => HasRanks ? "train it in one process" : "take larger batches";

    /// <summary>Reports what does not fit the labels of the objectives.</summary>
    /// <param name="kind">What they are; none where no objective reads any.</param>
    public virtual void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings)
    {
    }

    /// <summary>Adds what a step computes beside its terms.</summary>
    public virtual void LowerStep(StepContext step, TrainerProgram trainer)
    {
    }

    /// <summary>Adds the part to a trainer whose terms, optimizer and schedule are known.</summary>
    public virtual void Lower(Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
    }

    /// <summary>Reports what does not fit the trainer as it has become.</summary>
    public virtual void CheckTrainer(Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
    }
}

/// <inheritdoc/>
/// <typeparam name="TAttribute">The attribute that declares the part.</typeparam>
internal abstract class RecipePart<TAttribute> : RecipePart
    where TAttribute : RecipeAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    public sealed override void Check(Bound<RecipeAttribute> declared, RunCheck run) =>
        Check((TAttribute)declared.Attribute, declared, run);

    public sealed override void Lower(Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        Lower((TAttribute)declared.Attribute, declared, trainer, findings);

    protected virtual void Check(TAttribute attribute, Bound<RecipeAttribute> declared, RunCheck run)
    {
    }

    protected abstract void Lower(
        TAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings);
}
