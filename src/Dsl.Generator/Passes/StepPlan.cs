using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>A phase's losses and, in the explicit target, their gradient as operations: differentiated, shared,
/// planned.</summary>
internal sealed class StepPlan
{
    private static readonly Pipeline<StepPlan> Explicit = new(
        (nameof(ShareSubexpressions), plan => ShareSubexpressions.Run(plan.Computation)),
        (nameof(Differentiate), plan => plan.Derive()),
        (nameof(FuseLosses), plan => FuseLosses.Run(plan.Computation, plan._seed!, plan.Losses)),
        (nameof(FuseAccumulation), plan => FuseAccumulation.Run(plan.Computation)),
        ($"{nameof(ShareSubexpressions)}, again", plan => ShareSubexpressions.Run(plan.Computation)),
        (nameof(KnownNumber), plan => KnownNumber.Run(plan.Computation, plan._seed!)),
        (nameof(DropDead), plan => DropDead.Run(plan.Computation, plan.Losses)),
        (nameof(FuseRegions), plan => FuseRegions.Run(plan.Computation, plan.Losses, plan._phase.Name)),
        ($"{nameof(DropDead)}, again", plan => plan.DropUnread()));

    // Autograd derives the gradient at run time.
    private static readonly Pipeline<StepPlan> Autograd = new(
        (nameof(ShareSubexpressions), plan => ShareSubexpressions.Run(plan.Computation)),
        (nameof(DropDead), plan => DropDead.Run(plan.Computation, plan.Losses)));

    private readonly Phase _phase;
    private Value? _seed;

    /// <param name="phase">The phase, whose computation becomes the plan's.</param>
    /// <param name="stage">Sees the computation as it is read and after each pass, by the pass's name; null for nobody.</param>
    public StepPlan(TrainerProgram trainer, Phase phase, Action<string, Computation>? stage = null)
    {
        _phase = phase;
        Losses = [.. trainer.ResultsOf(phase).Select(result => result.Value)];
        (phase.IsExplicit ? Explicit : Autograd).Run(this, phase.Computation, stage);
        Memory = new PlanMemory(Nodes, Losses, []);
    }

    public IReadOnlyList<Node> Nodes => Computation.Nodes;

    /// <summary>The operations that compute the gradient; the others compute the losses.</summary>
    public HashSet<Node> Backward { get; } = [];

    /// <summary>What the phase returns: the total, the terms, and what else is reported.</summary>
    public List<Value> Losses { get; }

    /// <summary>What happens in place, and when tensors are freed.</summary>
    public PlanMemory Memory { get; }

    private Computation Computation => _phase.Computation;

    private void Derive()
    {
        var forward = new HashSet<Node>(Computation.Nodes);
        _seed = Computation.Add(new Input(Input.One, new TensorType(Shape.Scalar)), "one");
        Differentiate.Run(
            Computation, [(_phase.Total, _seed)], value => value.Producer.Operation is Parameter,
            (source, gradient) => Computation.AddEffect(
                new Accumulate(Arena.Gradient(((Parameter)source.Producer.Operation).Member)), gradient),
            _phase.Trains);
        Backward.UnionWith(Computation.Nodes.Where(node => !forward.Contains(node)));
    }

    private void DropUnread()
    {
        // A pass may have put other nodes in place of some: what was not computed forward stays on this side.
        DropDead.Run(Computation, Losses);
        Computation.Rename();
    }
}
