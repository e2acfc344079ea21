using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

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

    /// <summary>The method of the runtime by which <c>Fit</c> counts the labels of its data.</summary>
    public string Counting { get; init; } = "ClassFrequencies.Count";

    /// <summary>What it is told beside the number of classes, in C#; empty for nothing.</summary>
    public string Told { get; init; } = "";

    /// <summary>The step before which each of them is 1, in C#; null where they always hold.</summary>
    public string? From { get; init; }

    /// <summary>What holds those before <see cref="From"/>.</summary>
    public string FieldBefore => Field + "Before";

    /// <summary>What a step reads: the field, or the property that refuses to be read before the labels are counted, or that
    /// knows the step.</summary>
    public string Member => Values is null || From is not null ? Name : Field;
}

/// <summary>A number that depends on the step alone, a method of the generated trainer.</summary>
internal sealed record StepFunction(string Name, string Summary, IReadOnlyList<string> Body);

/// <summary>What <c>Fit</c> does at the start of some epochs.</summary>
/// <param name="Every">Epochs from one to the next, in C#.</param>
/// <param name="Statement">What is done.</param>
/// <param name="Fresh">The network that begins anew with it, and what the optimizer keeps for it; null for none.</param>
internal sealed record EpochStart(string Every, string Statement, Player? Fresh);

/// <summary>What happens when a task ends, before the next one is a run of its own.</summary>
/// <param name="Statement">What is done, in C#; the task's samples are <c>data</c>.</param>
/// <param name="Words">What is kept, in a sentence.</param>
internal sealed record TaskEnd(string Statement, string Words)
{
    /// <summary>Whether labels are read.</summary>
    public bool ReadsLabels { get; init; }
}

/// <summary>What holds the values saved by one call of a network in a step.</summary>
/// <param name="Phase">The phase that calls it.</param>
/// <param name="Field">The private field.</param>
internal sealed record Tape(Player Player, Phase Phase, string Field);

/// <summary>How long the run is, and in what unit that was said.</summary>
internal enum RunLength
{
    Undeclared,
    Epochs,
    Steps,
}

/// <summary>
/// A checked trainer: players, streams, states, phases, procedures and the numbers of its recipe. Whoever reads it goes through
/// these lists; no member belongs to a technique.
/// </summary>
internal sealed class TrainerProgram(TrainerDeclaration declaration, NetworkProgram network)
{
    /// <summary>The property that says how many batches an update has.</summary>
    public const string BatchesPerUpdate = "AccumulatedBatches";

    public TrainerDeclaration Declaration { get; } = declaration;

    /// <summary>The network that is trained.</summary>
    public NetworkProgram Network { get; } = network;

    /// <summary>The networks, the trained one first.</summary>
    public List<Player> Players { get; } =
    [
        new Player("model", declaration.Model!.Type.GlobalName, network, new Origin.Learned(), "The network that is trained")
        {
            Declaration = declaration.Model,
        },
    ];

    /// <summary>The trained network.</summary>
    public Player Model => Players[0];

    /// <summary>What every input of a step is augmented by, and what of that evaluation needs, too; null for nothing.</summary>
    public AugmentationDeclaration? Policy { get; set; } = declaration.Augment?.Policy;

    /// <summary>What a step reads, in order.</summary>
    public List<Field> Fields { get; } = [];

    /// <summary>Where it is read from.</summary>
    public IReadOnlyList<Stream> Streams => Fields.Select(read => read.Stream).Distinct().ToList();

    /// <summary>The stream whose passes are epochs.</summary>
    public Stream EpochStream => Streams.Last(stream => !stream.IsAside);

    /// <summary>Whether the data have other inputs of the network than its first.</summary>
    public bool ReadsFurtherInputs => Fields.Any(read => read.IsFurther || Network.Inputs.Skip(1).Contains(read.Port));

    /// <summary>Whether a part of the batch is what a network takes first.</summary>
    public bool AreSamples(Field field) => field.Port is { } port && (field.Reader ?? Model).Network!.Inputs[0] == port;

    public List<DrawnNumbers> Draws { get; } = [];

    /// <summary>What outlives a step beside the networks.</summary>
    public List<StateNode> States { get; } = [];

    public List<Phase> Phases { get; } = [];

    /// <summary>The phase that the objectives belong to.</summary>
    public Phase Main => Phases[Phases.Count - 1];

    /// <summary>The phase whose total is that of a step: the main one, unless not every step has it.</summary>
    public Phase Watched => Phases.OrderBy(phase => phase != Main).First(phase => phase.Every is null);

    /// <summary>Whether a step has several descents.</summary>
    public bool HasSeveralPhases => Phases.Count > 1;

    /// <summary>The terms of all phases.</summary>
    public IEnumerable<Term> Terms => Phases.SelectMany(phase => phase.Terms);

    /// <summary>Running statistics that are measured at the ends of epochs; null where training gathers all.</summary>
    public MeasuredStatistics? Measured { get; set; }

    /// <summary>Statements before the passes of a descent that asks the network.</summary>
    public List<(Player Player, string Statement)> BeforePasses { get; } = [];

    /// <summary>What happens after an update.</summary>
    public Computation AfterUpdate { get; } = new();

    public List<Procedure> Procedures { get; } = [];

    /// <summary>What <c>Fit</c> does at the start of epochs.</summary>
    public List<EpochStart> EpochStarts { get; } = [];

    /// <summary>What <c>EndTask</c> does, in order; empty where tasks are nothing to the trainer.</summary>
    public List<TaskEnd> TaskEnds { get; } = [];

    public List<Hyperparameter> Hyperparameters { get; } = [];

    public List<StepFunction> StepFunctions { get; } = [];

    public List<Constants> Constants { get; } = [];

    /// <summary>One for each call of a network that is differentiated.</summary>
    public List<Tape> Tapes { get; } = [];

    /// <summary>What the main phase reports beside its losses.</summary>
    public List<StepReport> Reports { get; } = [];

    /// <summary>What else stands at the head of the trainer's documentation: what the formula does not say, by its
    /// name.</summary>
    public List<(string Name, string Value)> Remarks { get; } = [];

    /// <summary>Layers of the trainer's own behind features of the network.</summary>
    public List<FeatureAdapter> Adapters { get; } = [];

    /// <summary>Numbers and directions that the trainer learns, with what they are and the statement that starts them.</summary>
    public List<(NetworkParameter Parameter, string Summary, string Start)> LearnedNumbers { get; } = [];

    /// <summary>Parameters of the trainer's own.</summary>
    public IReadOnlyList<NetworkParameter> OwnParameters =>
    [
        .. Adapters.SelectMany(adapter => adapter.Parameters), .. LearnedNumbers.Select(number => number.Parameter),
    ];

    /// <summary>What a step gives: each member of the generated <c>Losses</c>.</summary>
    public IReadOnlyList<(string Member, Value Value)> StepResults =>
        [.. PhasesAsReported.SelectMany(ResultsOf)];

    /// <summary>The phases in the order in which their losses are told.</summary>
    public IEnumerable<Phase> PhasesAsReported => Phases.OrderBy(phase => phase != Watched);

    /// <summary>What a phase gives: its total, its terms, and what else is reported.</summary>
    public IEnumerable<(string Member, Value Value)> ResultsOf(Phase phase) =>
    [
        ((phase == Watched ? "" : phase.Name) + "Total", phase.Total),
        .. phase.Terms.Select(term => (term.Name, term.Loss)),
        .. phase == Main ? Reports.Select(report => (report.Member, report.Value)) : [],
    ];

    /// <summary>Whether there are predictions that can be held against labels.</summary>
    public bool IsEvaluated { get; set; }

    /// <summary>Whether <c>Fit</c> can be given what is evaluated after every epoch, or makes it.</summary>
    public bool IsValidated => Stopping is not null || RunEvaluation is not null || (IsEvaluated && Network.Inputs.Count == 1)
        || (Probed is not null && !IsEvaluated);

    /// <summary>The output or tagged value that probes read; null where there are none.</summary>
    public NetworkPort? Probed { get; set; }

    /// <summary>The methods of the user's that an evaluation calls.</summary>
    public List<string> OwnMetrics { get; } = [];

    /// <summary>The user's own losses that read labels, where no other loss of the evaluated output does: what an evaluation
    /// calls the loss is none of them.</summary>
    public List<Term> OwnLosses { get; } = [];

    /// <summary>The network that <c>Evaluate</c> evaluates.</summary>
    public Player Evaluated { get; set; } = null!;

    /// <summary>The output whose predictions are evaluated; null for the first.</summary>
    public string? EvaluatedOutput { get; set; }

    /// <summary>Data sets of single objectives, each with what is evaluated on it.</summary>
    public List<EvaluatedSet> DataSets { get; } = [];

    /// <summary>By what embeddings are compared in an evaluation, in C#.</summary>
    public string EmbeddingDistance { get; set; } = "EmbeddingDistance.Euclidean";

    /// <summary>What makes detections of outputs; the first is evaluated.</summary>
    public List<Detector> Detectors { get; } = [];

    /// <summary>What the labels are, which decides how the network is evaluated.</summary>
    public LabelKind Labels { get; set; }

    /// <summary>Parameters with settings of their own.</summary>
    public List<ParameterSettings> Groups { get; } = [];

    /// <summary>Factors of the learning rate of layers.</summary>
    public List<LayerRate> LayerRates { get; } = [];

    public ScheduleProgram Schedule { get; set; } = null!;

    public RunLength Length { get; set; }

    public bool DropLast { get; set; }

    /// <summary>How <c>Fit</c> makes the sampler of the first stream, in C#; null where batches are drawn from all samples
    /// alike.</summary>
    public string? DataSampler { get; set; }

    /// <summary>The method that says after every epoch how well the run does, in C#; null where data are evaluated.</summary>
    public string? RunEvaluation { get; set; }

    /// <summary>What the means of an update on several batches are over.</summary>
    public List<WindowCount> Counts { get; } = [];

    /// <summary>Whether an update has the gradient of several batches.</summary>
    public bool Accumulates { get; set; }

    /// <summary>Whether several processes make an update together, each on its part of every batch.</summary>
    public bool HasRanks { get; set; }

    /// <summary>Whether they sum gradients while the backward pass computes others.</summary>
    public bool OverlapsSum { get; set; }

    /// <summary>Whether each of them updates a shard of the parameters, and keeps the optimizer's state of it alone.</summary>
    public bool ShardsOptimizer { get; set; }

    /// <summary>Whether what a step computes is a part of what an update is made of: the losses of one batch among several, or
    /// of one process's part of a batch.</summary>
    public bool TakesParts => Accumulates || HasRanks;

    /// <summary>Whether something is kept of each pass, beside what an update changes.</summary>
    public bool KeepsOfPasses { get; set; }

    /// <summary>Whether a pass starts from the states that the one before it has ended with.</summary>
    public bool CarriesStates { get; set; }

    /// <summary>Whether the schedule is told in samples.</summary>
    public bool CountsSamples { get; set; }

    /// <summary>Samples of an update, where the data have as many, as a C# expression.</summary>
    public string SamplesPerStep => Accumulates ? $"(long)BatchSize * {BatchesPerUpdate}" : "BatchSize";

    /// <summary>When the run ends early; null without early stopping.</summary>
    public StoppingRule? Stopping { get; set; }

    /// <summary>What happens at a step that is not finite; null where the run ends.</summary>
    public NonFiniteRule? NonFinite { get; set; }

    /// <summary>Steps between two checkpoints that <c>Fit</c> saves, as a C# expression; null when it saves none.</summary>
    public string? CheckpointPeriod { get; set; }

    /// <summary>How many of the latest checkpoints stay.</summary>
    public int KeptCheckpoints { get; set; }

    /// <summary>Whether that of the best evaluation stays.</summary>
    public bool KeepsBestCheckpoint { get; set; }

    /// <summary>Whether a checkpoint is on disk before the next step begins.</summary>
    public bool WaitsForCheckpoints { get; set; }

    public long Seed { get; set; }

    /// <summary>The learning rate of an arena inside of its update, in C#.</summary>
    public string RateOf(Arena arena) => !arena.KeepsRate ? "learningRate"
        : NonFinite is NonFiniteRule.RollBack ? "LearningRate * LearningRateScale" : "LearningRate";

    /// <summary>A network by its name; null where the trainer has none of it.</summary>
    public Player? Find(string name) => Players.FirstOrDefault(player => player.Name == name);

    /// <summary>A procedure by its name; null where the trainer has none of it.</summary>
    public Procedure? FindProcedure(string name) => Procedures.FirstOrDefault(procedure => procedure.Name == name);

    /// <summary>The count, which is there once.</summary>
    public T AddCount<T>(T count)
        where T : WindowCount
    {
        if (!Counts.Contains(count)) Counts.Add(count);
        return count;
    }
}

/// <summary>A data set of single objectives and what an evaluation on it reads.</summary>
/// <param name="Of">The output; null for the only one.</param>
/// <param name="Labels">What its labels are.</param>
internal sealed record EvaluatedSet(Stream Stream, string? Of, LabelKind Labels)
{
    /// <summary>The method that evaluates.</summary>
    public string Method => "Evaluate" + Stream.Name;
}
