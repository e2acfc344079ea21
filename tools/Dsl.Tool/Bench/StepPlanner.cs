using System.Globalization;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;
using Dsl.Generator.Recipes;
using Dsl.Inspect;

namespace Dsl.Bench;

/// <summary>A trainer whose steps may be measured.</summary>
/// <param name="Name">The class.</param>
/// <param name="Target">How gradients come about: explicit, autograd, or each descent's.</param>
/// <param name="Plan">What is measured; null where a batch cannot be made of random numbers.</param>
/// <param name="Reason">Why it cannot.</param>
/// <param name="Assumptions">What the declaration does not say and the batch has to.</param>
internal sealed record PlannedTrainer(
    string Name, string Target, TrainerPlan? Plan, string? Reason, IReadOnlyList<string> Assumptions);

/// <summary>Makes of a trainer's program a batch of random numbers: shapes, classes and vocabularies are those that the compiler
/// has found.</summary>
internal sealed class StepPlanner
{
    // Sizes that data alone say, for each sample, graph or task.
    private const long EdgesPerNode = 4, NodesPerGraph = 16, ObjectsPerImage = 4, TaskSamples = 10, SamplesAlike = 2;

    private readonly TrainerProgram _trainer;
    private readonly long? _batchSize;
    private readonly List<string> _assumptions = [];
    private string? _reason;

    private StepPlanner(TrainerProgram trainer, long? batchSize) => (_trainer, _batchSize) = (trainer, batchSize);

    /// <param name="batchSize">Samples of a batch; null for what the trainer declares.</param>
    public static PlannedTrainer Plan(InspectedTrainer trainer, string assembly, long? batchSize)
    {
        var program = trainer.Program();
        var planner = new StepPlanner(program, batchSize);
        var fields = program.Fields.Select(planner.Field).ToArray();
        planner.AssumeNetworks();
        var plan = new TrainerPlan(
            assembly, trainer.Type.FullName, program.Declaration.Model!.Type.FullName, fields,
            planner.Samples(program.Fields[0].Stream))
        {
            BatchesPerUpdate = program.Accumulates ? (int)planner.Number(TrainerProgram.BatchesPerUpdate) : 0,
            StepsDiffer = program.Phases.Any(phase => phase.Every is not null),
        };
        return new PlannedTrainer(
            trainer.Type.FullName, Target(program), planner._reason is null ? plan : null, planner._reason,
            [.. planner._assumptions.Distinct()]);
    }

    private static string Target(TrainerProgram trainer)
    {
        string[] targets = [.. trainer.Phases.Select(phase => phase.IsExplicit ? "explicit" : "autograd")];
        return targets.Distinct().Count() == 1 ? targets[0]
            : string.Join(", ", trainer.Phases.Zip(targets, (phase, target) => $"{target} ({phase.Name})"));
    }

    private FieldPlan Field(Field field)
    {
        long[] sizes = [.. field.Type.Shape.Dims.Select(Size)];
        var (content, limit) = field.Type.Element == ElementType.Int64 ? Whole(field) : Real(field);
        return new FieldPlan(field.Name, sizes, content, limit) { Alike = Alike ?? SamplesAlike };
    }

    /// <summary>How many neighbouring samples of a batch are of a class; null where that is left to chance.</summary>
    private long? Alike => _trainer.Hyperparameters.Any(number => number.Name == nameof(SamplesPerClass))
        ? Number(nameof(SamplesPerClass)) : null;

    private (Content Content, long Limit) Real(Field field) => field switch
    {
        { Classes: > 0 } => (Content.Objects, field.Classes),
        { IsLabel: true, Name: "Label" } when _trainer.Labels == LabelKind.Distribution => (Content.Distribution, 0),
        _ => (Content.Uniform, 0),
    };

    private (Content Content, long Limit) Whole(Field field)
    {
        // The first input stands for samples of which the network takes parts.
        var input = field.Port ?? (field.IsInParts ? _trainer.Network.Inputs[0] : null);
        if (input?.CountedPlaces is { } places) return (Content.Lengths, places);
        if (input?.Relation is { } relation)
        {
            long rows = Size(_trainer.Fields.First(other => other.Port?.Name == relation.Of).Rows);
            return (field.Type.Shape.Rank == 2 ? Content.Edges : Content.GraphSizes, rows);
        }

        if (input is not null)
        {
            if (Vocabulary((field.Reader ?? _trainer.Model).Network!, input.Value) is { } rows) return (Content.Classes, rows);
            _reason ??= $"{field.Name} holds whole numbers, and no embedding says how many there are.";
        }
        else if (field is { IsLabel: true, Type.Shape.Rank: 1 } && (field.Classes == 0 || Alike is not null))
        {
            if (Alike is null) _assumptions.Add($"{SamplesAlike} samples of each class");
            return (Content.Runs, field.Classes);
        }
        else if (field.Classes > 0)
        {
            return (Content.Classes, field.Classes);
        }
        else if (field.Read == $"{field.Stream.Indices}.alias()")
        {
            return (Content.Places, 0);
        }
        else
        {
            _reason ??= $"{field.Name} holds whole numbers, and the declaration does not say which.";
        }

        return (Content.Classes, 1);
    }

    /// <summary>The rows of the smallest table that an input's numbers name rows of; null where they name none.</summary>
    private static long? Vocabulary(NetworkProgram network, Value input)
    {
        HashSet<Value> numbers = [input];
        List<long> rows = [];
        foreach (var node in network.Computation.Nodes)
        {
            if (node.Operation is Embedding && numbers.Contains(node.Inputs[1])) rows.Add(node.Inputs[0].Shape[0].Factor);
            else if (node.Inputs.Any(numbers.Contains))
                numbers.UnionWith(node.Outputs.Where(output => output.Type.Element == ElementType.Int64));
        }

        return rows.Count == 0 ? null : rows.Min();
    }

    private long Size(Dim size) => size.Constant + size.Terms.Sum(term => term.Factor * Size(term.Symbol));

    private long Size(string symbol)
    {
        if (_trainer.Streams.FirstOrDefault(stream => stream.Symbol == symbol) is { } stream) return Samples(stream);
        long first = Samples(_trainer.Fields[0].Stream);
        switch (symbol)
        {
            case "E":
                return Assume(EdgesPerNode * first, $"{EdgesPerNode} edges a node");
            case "G":
                return Assume(Math.Max(1, first / NodesPerGraph), $"graphs of {NodesPerGraph} nodes");
            case "M":
                return Assume(ObjectsPerImage, $"{ObjectsPerImage} objects an image");
            case "S" or "Q":
                return Assume(TaskSamples, $"{TaskSamples} support and {TaskSamples} query samples a task");
            default:
                _reason ??= $"The declaration does not say how large {symbol} is in a batch.";
                return 1;
        }
    }

    private long Assume(long size, string words)
    {
        _assumptions.Add(words);
        return size;
    }

    private long Samples(Generator.Programs.Stream stream) =>
        (stream.BatchSize == "BatchSize" ? _batchSize : null) ?? Number(stream.BatchSize);

    private long Number(string hyperparameter) => long.Parse(
        _trainer.Hyperparameters.First(number => number.Name == hyperparameter).Value, CultureInfo.InvariantCulture);

    // Networks that the trainer is given, of any class.
    private void AssumeNetworks()
    {
        foreach (var player in _trainer.Players.Where(player => player.Origin is Origin.Given))
        {
            var given = (Origin.Given)player.Origin;
            if (player.Network is null) _assumptions.Add($"another {_trainer.Declaration.ModelName} as {given.Argument}");
            else if (given.IsEnsemble) _assumptions.Add($"one network as {given.Argument}");
        }
    }
}
