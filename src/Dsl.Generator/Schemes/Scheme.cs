using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>What a scheme attribute means: its players, streams and states, its phases and terms, its procedures.</summary>
internal abstract class Scheme : IMeaning
{
    public static Scheme Of(SchemeAttribute attribute) => Meanings<Scheme>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether the scheme adds to a labelled objective.</summary>
    public virtual bool NeedsLabeledObjective => false;

    /// <summary>Whether the scheme is about features: a vector of two numbers or more for each sample, [N, D].</summary>
    public virtual bool NeedsVectors => false;

    /// <summary>Whether the network learns to tell samples apart, which the statistics of a batch help with.</summary>
    public virtual bool TellsSamplesApart => false;

    /// <summary>Whether the scheme says what the network sees in the pass of the objectives: two that do exclude each other, and
    /// a mixing.</summary>
    public virtual bool TakesObjectivePass => false;

    /// <summary>Whether the network sees other samples than those of the data, other ones in each step.</summary>
    public virtual bool ChangesSamples => false;

    /// <summary>Whether the scheme is about classes: a row of logits [N, K] for each sample.</summary>
    public virtual bool NeedsClasses => true;

    /// <summary>Whether inputs are moved or mixed, for which they must be real numbers.</summary>
    public virtual bool NeedsRealInputs => false;

    /// <summary>The attribute of the objective whose place the scheme takes, which must stand alone and without arguments; that
    /// of all objectives where any function of predictions and labels will do; null where it takes no objective's
    /// place.</summary>
    public virtual Type? Replaces => null;

    /// <summary>Why the main descent goes through autograd, as what the scheme does; null where it need not.</summary>
    public virtual string? AutogradReason => null;

    /// <summary>Whether the scheme says everything that is minimised: nothing that adds to it, or says what a network sees,
    /// stands beside it.</summary>
    public virtual bool StandsAlone => false;

    /// <summary>What the scheme calls the networks that its last type arguments name and that have an optimizer of their own, in
    /// their order. Type arguments before the networks are policies.</summary>
    public virtual IReadOnlyList<string> Learners => [];

    /// <summary>What the scheme calls the networks that its last type arguments name and that are trained together with the
    /// model, by its optimizer.</summary>
    public virtual IReadOnlyList<string> Heads => [];

    /// <summary>Whether each head stands directly behind the trained network; the scheme itself says what others must
    /// take.</summary>
    public virtual bool HeadsStandBehindModel => true;

    /// <summary>What a head takes, of what the network in front of it returns.</summary>
    public virtual TensorType HeadTakes(SchemeAttribute attribute, TensorType given) => given;

    /// <summary>What a head takes where that is not what the network in front of it returns, in words.</summary>
    /// <param name="model">That network's name.</param>
    public virtual string HeadIsGiven(string model) => $"what '{model}' returns for all parts of a sample";

    /// <summary>How many logits a head gives; null where it may give anything.</summary>
    public virtual long? HeadLogits(SchemeAttribute attribute) => null;

    /// <summary>Whether heads make embeddings of embeddings.</summary>
    public virtual bool PredictsEmbeddings => false;

    /// <summary>Whether the scheme is a part of another one, and means nothing alone.</summary>
    public virtual bool IsPart => false;

    /// <summary>Whether the scheme is about embeddings, which a head can stand behind.</summary>
    public virtual bool ReadsEmbeddings => false;

    /// <summary>The tagged value of the network that the scheme reads beside its output, by its name; null for none.</summary>
    public virtual string? ReadsTag(SchemeAttribute attribute) => null;

    /// <summary>The further inputs of the network that the scheme gives, by their names.</summary>
    public virtual IReadOnlyList<string> Inputs(SchemeAttribute attribute) => [];

    /// <summary>Whether the network is given its further inputs as the data have them.</summary>
    public virtual bool ReadsFurtherInputs => false;

    /// <summary>Whether the scheme reads all outputs of a network that has several.</summary>
    public virtual bool ReadsAllOutputs => false;

    /// <summary>Whether the network takes what the scheme gives it, and no more, and returns one tensor, or what the scheme
    /// reads.</summary>
    public bool Fits(SchemeAttribute attribute, NetworkProgram network) => (ReadsAllOutputs || network.Results.Count == 1)
        && (ReadsFurtherInputs || network.Inputs.Skip(1).All(input => Inputs(attribute).Contains(input.Name)));

    /// <summary>Whether the network takes a choice of a sample's parts and never a whole one, so that it has no features of
    /// samples.</summary>
    public virtual bool SeesParts => false;

    /// <summary>Whether what the scheme gives the network says of each place of a sequence which one it is.</summary>
    public virtual bool GivesPlaces => false;

    /// <summary>Whether labels of a batch are left out.</summary>
    public virtual bool LeavesLabelsOut(SchemeAttribute attribute) => false;

    /// <summary>What the labels are that it reads in the place of objectives, by which the trainer evaluates; none where it reads
    /// none, or none that an evaluation could.</summary>
    public virtual LabelKind Labels => LabelKind.None;

    /// <summary>Whether a step of it is of one batch, so that no update has several.</summary>
    public virtual bool TakesOneBatch => false;

    /// <summary>The same, where it depends on what is declared.</summary>
    public virtual bool TakesOneBatchWith(SchemeAttribute attribute) => TakesOneBatch;

    /// <summary>Whether the network acts in an environment, and learns of what that leads to.</summary>
    public virtual bool Acts => false;

    /// <summary>What is minimised in the place of the objective, in mathematical notation; null for what the objective
    /// says.</summary>
    public virtual string? ReplacedNotation => null;

    /// <summary>What its letters stand for.</summary>
    public virtual IReadOnlyList<ExplainedSymbol> ReplacedSymbols(SchemeAttribute attribute) => [];

    /// <summary>What stands in the place of the objective.</summary>
    /// <param name="objective">The objective, a function of predictions and labels.</param>
    public virtual Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective) =>
        throw new InvalidOperationException($"{GetType().Name} replaces no objective");

    /// <summary>Reports arguments that contradict each other or the length of the run.</summary>
    public abstract void Check(Bound<SchemeAttribute> declared, RunCheck run);

    /// <summary>Reports what does not fit the labels of the objectives.</summary>
    /// <param name="kind">What they are; none where no objective reads any.</param>
    public virtual void CheckLabels(Bound<SchemeAttribute> declared, LabelKind kind, Findings findings)
    {
    }

    /// <summary>Says what the trained network sees in the pass that the objectives are about, where that is not their batch
    /// alone.</summary>
    public abstract void Prepare(Bound<SchemeAttribute> declared, StepContext step);

    /// <summary>Reports networks that do not fit each other.</summary>
    /// <param name="networks">The trained one, then those of <see cref="Learners"/>.</param>
    public virtual void CheckNetworks(Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
    }

    /// <summary>Reports embeddings and heads that do not fit each other.</summary>
    /// <param name="embedder">The network whose outputs are compared: a head, or the trained one.</param>
    public virtual void CheckEmbeddings(
        Bound<SchemeAttribute> declared, LearnedNetwork embedder, IReadOnlyList<LearnedNetwork> heads, Findings findings)
    {
    }

    /// <summary>Adds the scheme to the step.</summary>
    public abstract void Lower(Bound<SchemeAttribute> declared, StepContext step);

    /// <summary>Adds what the trainer does beside its steps, when everything else of it is known.</summary>
    /// <param name="objective">The first objective, a function of predictions and labels.</param>
    public virtual void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
    }
}

/// <summary>A network that a trainer trains, as the declaration names it.</summary>
internal sealed record LearnedNetwork(string Name, Site Site, NetworkProgram Network);

/// <inheritdoc/>
/// <typeparam name="TAttribute">The attribute that declares the scheme.</typeparam>
internal abstract class Scheme<TAttribute> : Scheme
    where TAttribute : SchemeAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    public sealed override void Check(Bound<SchemeAttribute> declared, RunCheck run) =>
        Check((TAttribute)declared.Attribute, declared, run);

    public sealed override void Prepare(Bound<SchemeAttribute> declared, StepContext step) =>
        Prepare((TAttribute)declared.Attribute, declared, step);

    public sealed override void Lower(Bound<SchemeAttribute> declared, StepContext step) =>
        Lower((TAttribute)declared.Attribute, declared, step);

    protected virtual void Check(TAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
    }

    protected virtual void Prepare(TAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
    }

    protected abstract void Lower(TAttribute attribute, Bound<SchemeAttribute> declared, StepContext step);
}
