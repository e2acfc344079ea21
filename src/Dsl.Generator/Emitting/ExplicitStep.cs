using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting;

/// <summary>A step's losses and their gradient as operations: differentiated, shared, planned.</summary>
internal sealed class ExplicitStep
{
    /// <param name="trainer">The trainer, whose computation becomes the step's.</param>
    /// <param name="stage">Sees the computation as it is read and after each pass, by the pass's name; null for nobody.</param>
    public ExplicitStep(TrainerProgram trainer, Action<string, Computation>? stage = null)
    {
        var computation = trainer.Computation;
        stage?.Invoke("forward", computation);
        ShareSubexpressions.Run(computation);
        stage?.Invoke(nameof(ShareSubexpressions), computation);
        Forward = new HashSet<Node>(computation.Nodes);
        Value seed = computation.Add(new Input("_one", new TensorType(Shape.Scalar)), "one");
        Differentiate.Run(computation, [(trainer.Total, seed)], value => value.Producer.Operation is TrainNetwork or Parameter, (source, gradient) =>
        {
            // The network adds to the gradients of its own parameters.
            if (source.Producer.Operation is Parameter parameter) computation.AddEffect(new Accumulate(AdapterEmitter.Gradient(parameter.Member)), gradient);
        });
        stage?.Invoke(nameof(Differentiate), computation);
        FuseAccumulation.Run(computation);
        if (trainer.Adapters.Count > 0) stage?.Invoke(nameof(FuseAccumulation), computation);
        ShareSubexpressions.Run(computation);
        stage?.Invoke($"{nameof(ShareSubexpressions)}, again", computation);
        Losses = [.. trainer.StepResults.Select(result => result.Value)];
        DropDead.Run(computation, Losses);
        computation.Rename();
        stage?.Invoke(nameof(DropDead), computation);
        Nodes = computation.Nodes;
        Plan = new PlanMemory(Nodes, Losses, []);
    }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The operations that compute the losses; the others compute their gradient.</summary>
    public HashSet<Node> Forward { get; }

    /// <summary>What the step returns: the total, the terms, and what else is reported.</summary>
    public List<Value> Losses { get; }

    public PlanMemory Plan { get; }
}
