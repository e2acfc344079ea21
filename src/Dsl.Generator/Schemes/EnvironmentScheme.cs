using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A scheme whose network acts: it gives a number for each action, [N, K], of what is seen.</summary>
/// <inheritdoc/>
internal abstract class EnvironmentScheme<TAttribute> : Scheme<TAttribute>
    where TAttribute : SchemeAttribute
{
    /// <summary>What was done in the environments, a state.</summary>
    protected const string Lived = "_lived";

    public sealed override bool NeedsClasses => false;

    public sealed override bool NeedsRealInputs => true;

    public sealed override bool StandsAlone => true;

    public sealed override bool TakesOneBatch => true;

    public sealed override bool Acts => true;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var model = networks[0];
        if (model.Network is { KnowsResults: true } network && network.Results[0].Value.Shape is var output
            && (output.Rank != 2 || output[1].Factor < 2))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name,
                "a number for each action, [N, K] with two actions or more", $"'{model.Name}' returns {output}",
                "end the model with [Flatten, Linear(K)]");
        }

        RequireSteadiness(declared, networks, findings);
    }

    /// <summary>Reports networks that would act otherwise than they learn.</summary>
    protected static void RequireSteadiness(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        foreach (var own in networks.Where(own => own.Network.Buffers.Count > 0 || own.Network.HasDropout))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, own.Site, declared.Name,
                "a network that says the same when it acts and when it learns",
                $"'{own.Name}' has running statistics or dropout", "leave them out, or use [LayerNorm]");
        }
    }

    protected sealed override void Check(TAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        run.RequireSteps(declared);
        CheckSizes(attribute, declared, run);
    }

    /// <summary>Reports sizes that do not fit each other.</summary>
    protected virtual void CheckSizes(TAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
    }

    /// <summary>Lets the run act, and tell what it earns.</summary>
    /// <param name="sampler">How <c>Fit</c> makes what acts, in C#.</param>
    protected static void Act(StepContext step, string sampler)
    {
        step.Trainer.DataSampler = sampler;
        step.Trainer.RunEvaluation = $"{Lived}.Recently";
        step.Trainer.IsEvaluated = false;
        step.Trainer.States.Add(new StateNode(
            "lived", Lived, "what was done in the present episodes, and what the last ones earned", "new EnvironmentRun()")
        {
            Type = "EnvironmentRun",
            Members = [("lived", "Log"), ("lived.returns", "Returns")],
            Grows = true,
            Property = "Lived",
        });
    }

    /// <summary>What of a replay buffer is in a checkpoint.</summary>
    protected static (string Name, string Member)[] ReplayMembers { get; } =
    [
        .. new[] { "States", "Nexts", "Actions", "Rewards", "Terminations", "Added" }
            .Select(part => ($"replay.{part.ToLowerInvariant()}", part)),
    ];

    /// <summary>What was seen, as the network takes it.</summary>
    /// <param name="read">How <c>Fit</c> reads it, in C#.</param>
    protected static Value Observation(StepContext step, string name, string summary, string read) =>
        step.Read(Seen(step, Stream.Experience, name, summary, read));

    /// <summary>What was seen, to be read by one descent or several.</summary>
    /// <inheritdoc cref="Observation"/>
    protected static Field Seen(StepContext step, Stream stream, string name, string summary, string read)
    {
        var port = step.Trainer.Network.Inputs[0];
        return step.AddField(new Field(
            stream, name, port.Value.Type, $"{summary} {port.Value.Type.Shape}", read) { Port = port });
    }

    /// <summary>What was done, [N] int64.</summary>
    /// <inheritdoc cref="Observation"/>
    protected static Value Action(StepContext step, string read)
    {
        long actions = step.Trainer.Network.Results[0].Value.Shape[1].Factor;
        var type = new TensorType(Shape.Of(Stream.Experience.Rows), ElementType.Int64);
        return step.Read(step.AddField(new Field(
            Stream.Experience, "Action", type, $"What was done, 0, ..., {(actions - 1).ToString(CultureInfo.InvariantCulture)}, "
            + $"{type.Shape}, int64", read)
        {
            Classes = (int)actions,
            IsLabel = true,
            IsComplete = true,
        }));
    }

    /// <summary>A number of each step, [N].</summary>
    /// <inheritdoc cref="Observation"/>
    protected static Value Number(StepContext step, string name, string summary, string read) =>
        step.Read(NumberOf(step, Stream.Experience, name, summary, read));

    /// <summary>A number of each step, [N], to be read by one descent or several.</summary>
    /// <inheritdoc cref="Observation"/>
    protected static Field NumberOf(StepContext step, Stream stream, string name, string summary, string read)
    {
        var type = new TensorType(Shape.Of(stream.Rows));
        return step.AddField(new Field(stream, name, type, $"{summary} {type.Shape}", read));
    }

    /// <summary>The sizes of an observation, in C#.</summary>
    protected static string Sizes(StepContext step) => Spelling.Join(
        [.. step.Trainer.Network.Input.Shape.Dims.Skip(1).Select(dim => dim.Factor)]);

    /// <summary>Numbers of rows as a column, [N, 1].</summary>
    protected static Value Column(StepContext step, Value rows, string name) =>
        step.Computation.Add(new Unsqueeze(1), name, rows);

    /// <summary>Adds the mean of Σ π·log π, less of which is more exploration.</summary>
    protected static void AddEntropy(StepContext step, Value logits, Scalar weight)
    {
        Computation c = step.Computation;
        Value products = c.Add(new Multiply(), "surprises", c.Add(new Softmax(), "probabilities", logits),
            c.Add(new LogSoftmax(), "logProbabilities", logits));
        Value sums = c.Add(new SumOver(new([1])), "negativeEntropies", products);
        step.AddTerm(new Term("NegativeEntropy", step.Mean("negativeEntropy", sums), weight, "mean Σ π·log π")
        {
            Symbols = [new("π", "the probabilities of the actions, softmax(z)", null, null)],
        });
    }
}
