using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Notation;
using Dsl.Generator.Objectives;

namespace Dsl.Generator.Graph;

/// <summary>A stream of data that a step reads, a member of the generated <c>Batch</c>.</summary>
/// <param name="Name">The member: Input, Label, Unlabeled.</param>
/// <param name="Symbol">The symbol of its batch dimension.</param>
/// <param name="InputName">The name that the model gives to a further input; null for every other role.</param>
/// <param name="Classes">How many classes labels name; 0 for what is no class.</param>
internal sealed record Role(string Name, TensorType Type, string Symbol, string Summary, string? InputName = null, int Classes = 0);

/// <summary>A number of the recipe that is a settable property of the generated trainer.</summary>
/// <param name="Name">The property.</param>
/// <param name="Type">double, int or long.</param>
internal sealed record Hyperparameter(string Name, string Type, string Value, IntervalAttribute Interval, string Summary);

/// <summary>Numbers of the declaration that a step reads as a tensor.</summary>
/// <param name="Name">The trainer's property that they belong to: CrossEntropyClassWeights.</param>
/// <param name="Values">The numbers; null where <c>Fit</c> counts the labels of its data.</param>
/// <param name="Count">How many.</param>
internal sealed record Constants(string Name, IReadOnlyList<double>? Values, int Count)
{
    /// <summary>The private field that holds the tensor.</summary>
    public string Field => "_" + char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>What a step reads: the field, or the property that refuses to be read before the labels are counted.</summary>
    public string Member => Values is null ? Name : Field;
}

/// <summary>A term of the total.</summary>
/// <param name="Name">The member of the generated <c>Losses</c>.</param>
/// <param name="Loss">Its value, without the weight.</param>
/// <param name="Weight">Its factor; null for a sole term of weight 1.</param>
/// <param name="Notation">The term in mathematical notation, without the weight.</param>
internal sealed record Term(string Name, Value Loss, Scalar? Weight, string Notation)
{
    /// <summary>What the letters of the notation stand for, beside those that every technique uses alike.</summary>
    public IReadOnlyList<ExplainedSymbol> Symbols { get; init; } = [];

    /// <summary>Whether it is taken of the own label and of the partner's, each by its share.</summary>
    public bool IsMixed { get; init; }
}

/// <summary>A number that depends on the step alone, a method of the generated trainer.</summary>
internal sealed record StepFunction(string Name, string Summary, IReadOnlyList<string> Body);

/// <summary>How long the run is, and in what unit that was said.</summary>
internal enum RunLength
{
    Undeclared,
    Epochs,
    Steps,
}

/// <summary>A checked trainer: everything that a step does and needs.</summary>
internal sealed class TrainerProgram(TrainerDeclaration declaration, NetworkProgram network)
{
    public TrainerDeclaration Declaration { get; } = declaration;

    public NetworkProgram Network { get; } = network;

    /// <summary>The terms and their sum; differentiated in place by the explicit target.</summary>
    public Computation Computation { get; } = new();

    /// <summary>What happens after an update.</summary>
    public Computation AfterUpdate { get; } = new();

    public List<Role> Roles { get; } = [];

    public List<DrawnNumbers> Draws { get; } = [];

    public List<Hyperparameter> Hyperparameters { get; } = [];

    public List<StepFunction> StepFunctions { get; } = [];

    public List<Constants> Constants { get; } = [];

    public List<Term> Terms { get; } = [];

    /// <summary>The share of the batch that is predicted rightly; null when nobody asks for it.</summary>
    public Value? Accuracy { get; set; }

    /// <summary>What a step gives: each member of the generated <c>Losses</c>.</summary>
    public IReadOnlyList<(string Member, Value Value)> StepResults =>
    [
        ("Total", Total),
        .. Terms.Select(term => (term.Name, term.Loss)),
        .. Accuracy is null ? [] : new[] { (nameof(Accuracy), Accuracy) },
    ];

    /// <summary>A random view by the policy of the trainer; null without one.</summary>
    public EvaluationView? RandomView { get; set; }

    /// <summary>What the policy does to every image, in evaluation, too; null for nothing.</summary>
    public EvaluationView? FixedView { get; set; }

    /// <summary>The output whose predictions are evaluated; null for the first.</summary>
    public string? Evaluated { get; set; }

    /// <summary>What the labels are, which decides how the network is evaluated.</summary>
    public LabelKind Labels { get; set; }

    /// <summary>The teacher that the constructor takes; null without one.</summary>
    public GivenTeacher? Given { get; set; }

    /// <summary>Layers of the trainer's own behind features of the network.</summary>
    public List<FeatureAdapter> Adapters { get; } = [];

    /// <summary>What the adapters learn.</summary>
    public IReadOnlyList<NetworkParameter> AdapterParameters => Adapters.SelectMany(adapter => adapter.Parameters).ToList();

    /// <summary>Where the parameters of the adapters lie in an arena of their own.</summary>
    public ArenaLayout AdapterLayout => new(AdapterParameters);

    /// <summary>The arenas whose parameters are trained, as C# expressions.</summary>
    public IReadOnlyList<string> Arenas => Adapters.Count == 0 ? ["_model.Arena"] : ["_model.Arena", "_adapters"];

    /// <summary>Whether a moving average of the trained network itself teaches, in training mode.</summary>
    public bool KeepsTeacher { get; set; }

    /// <summary>Members that hold what a call of the network saved, one for each call in a step.</summary>
    public List<string> Tapes { get; } = [];

    public UpdateProgram Update { get; set; } = null!;

    /// <summary>Parameters with settings of their own.</summary>
    public List<ParameterSettings> Groups { get; } = [];

    /// <summary>The optimizer as the declaration names it.</summary>
    public string OptimizerName { get; set; } = "";

    public ScheduleProgram Schedule { get; set; } = null!;

    public RunLength Length { get; set; }

    /// <summary>The bound on the gradient; null without one.</summary>
    public GradientClipping? Clipping { get; set; }

    public bool DropLast { get; set; }

    /// <summary>What the means of an update on several batches are over.</summary>
    public List<WindowCount> Counts { get; } = [];

    /// <summary>Whether an update has the gradient of several batches.</summary>
    public bool Accumulates { get; set; }

    /// <summary>Whether the schedule is told in samples.</summary>
    public bool CountsSamples { get; set; }

    /// <summary>Samples of an update, where the data have as many, as a C# expression.</summary>
    public string SamplesPerStep => Accumulates ? "(long)BatchSize * AccumulatedBatches" : "BatchSize";

    /// <summary>Whether an average of the weights is kept for evaluation.</summary>
    public bool AveragesWeights { get; set; }

    /// <summary>When the run ends early; null without early stopping.</summary>
    public StoppingRule? Stopping { get; set; }

    /// <summary>What happens at a step that is not finite; null where the run ends.</summary>
    public NonFiniteRule? NonFinite { get; set; }

    /// <summary>Steps between two checkpoints that <c>Fit</c> saves, as a C# expression; null when it saves none.</summary>
    public string? CheckpointPeriod { get; set; }

    public long Seed { get; set; }

    public Backward Backward { get; set; }

    public Value Total { get; set; } = null!;

    /// <summary>The count, which is there once.</summary>
    public T AddCount<T>(T count)
        where T : WindowCount
    {
        if (!Counts.Contains(count)) Counts.Add(count);
        return count;
    }
}
