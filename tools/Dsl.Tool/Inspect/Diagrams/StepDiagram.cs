using System.Globalization;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Notation;
using Dsl.Generator.Programs;
using Dsl.Generator.Schedules;

namespace Dsl.Inspect.Diagrams;

/// <summary>
/// A training step as data flow: batch, views, mixture, networks, terms, their sum, gradients, clipping, update. What a
/// technique computes for a network is a box, and what it makes of networks' outputs is another one.
/// </summary>
internal sealed class StepDiagram
{
    private readonly TrainerProgram _trainer;
    private readonly List<Box> _boxes = [];
    private readonly List<Arrow> _arrows = [];
    private readonly Dictionary<Node, string> _owners = [];
    private readonly HashSet<Node> _feeding = [];
    private readonly Dictionary<Node, int> _calls = [];
    private readonly Dictionary<string, string> _ids = [];

    private StepDiagram(TrainerProgram trainer) => _trainer = trainer;

    /// <param name="trainer">A checked trainer, before any pass.</param>
    public static Diagram Of(TrainerProgram trainer)
    {
        var diagram = new StepDiagram(trainer);
        foreach (var phase in trainer.Phases)
        {
            foreach (var node in phase.Computation.Nodes.Reverse()
                .Where(node => IsNetwork(node) || diagram._feeding.Contains(node)))
                diagram._feeding.UnionWith(node.Inputs.Select(value => value.Producer));
            foreach (var node in phase.Computation.Nodes) diagram.Add(node);
            diagram.AddUpdate(phase);
        }

        return new Diagram(diagram._boxes, diagram._arrows.Distinct().ToList());
    }

    private void Add(Node node)
    {
        // How many networks lie before a node: what a technique does for one and for the next are two boxes.
        _calls[node] = node.Inputs.Select(value => _calls[value.Producer] + (IsNetwork(value.Producer) ? 1 : 0)).Append(0).Max();
        if (Describe(node) is not { } box) return;
        _owners[node] = box.Id;
        if (_boxes.All(known => known.Id != box.Id)) _boxes.Add(box);
        foreach (var value in node.Inputs)
        {
            if (!_owners.TryGetValue(value.Producer, out string? from) || from == box.Id) continue;
            string weight = box.Title == Total && Term(value) is { Weight: { } factor }
                ? $"× {TotalFormula.Factor(_trainer, factor)}" : "";
            _arrows.Add(new Arrow(from, box.Id, value.Shape.Rank == 0 ? weight : value.Shape.ToString()));
        }
    }

    private const string Total = "total loss";

    private Box? Describe(Node node) => node.Operation switch
    {
        Input { Member: var member } when member.StartsWith("batch.", StringComparison.Ordinal) =>
            new Box(Id(member), member["batch.".Length..], "batch", BoxKind.Data),
        Leaf => null,
        Call call => new Box(Id(node, "network"), NameOf(call.Member), "training mode", BoxKind.Network),
        Ask ask when Find(ask.Member).Origin is Origin.Average =>
            new Box(Id("moving average"), $"{_trainer.Declaration.ModelName}, averaged", "no gradient", BoxKind.Teacher),
        Ask ask when Find(ask.Member).Origin is Origin.Learned =>
            new Box(Id(node, "network"), NameOf(ask.Member), "no gradient", BoxKind.Network),
        Ask => new Box(Id(node, "teacher"), "teacher", "evaluation mode, no gradient", BoxKind.Teacher),
        AskMean ensemble =>
            new Box(Id(node, "teachers"), "teachers", $"{ensemble.Ensemble.ToString().ToLowerInvariant()} mean, no gradient",
                BoxKind.Teacher),
        AskEach => new Box(Id(node, "teachers"), "teachers", "evaluation mode, no gradient", BoxKind.Teacher),
        _ when node.Section == "Total" => new Box(Id(Total), Total, "", BoxKind.Loss),
        _ => Technique(node),
    };

    private Box Technique(Node node)
    {
        string section = node.Section ?? node.Operation.GetType().Name;
        var terms = _trainer.Terms.Where(term => term.Loss.Producer.Section == node.Section).ToList();
        if (!_feeding.Contains(node) && terms.Count > 0)
            return new Box(Id($"{section} loss"), section, string.Join(" + ", terms.Select(term => term.Notation)), BoxKind.Loss);
        string id = Id($"{section} after {_calls[node].ToString(CultureInfo.InvariantCulture)}");
        string[] view = section.Split(" view: ");
        return view.Length == 2
            ? new Box(id, view[1], $"view: {view[0]}", BoxKind.Transformation)
            : new Box(id, section, _calls[node] == 0 ? "of the batch" : "", BoxKind.Transformation);
    }

    private Player Find(string member) => _trainer.Players.First(player => player.Field == member);

    private string NameOf(string member) => Find(member) == _trainer.Model ? _trainer.Declaration.ModelName : Find(member).Member;

    private void AddUpdate(Phase phase)
    {
        // A sole term of weight 1 is the total.
        string last = _owners[phase.Total.Producer];
        Follow("gradients", (phase.IsExplicit ? "explicit backward operations" : "autograd")
            + (_trainer.Accumulates ? ", summed over batches" : "") + (_trainer.HasRanks ? ", summed over ranks" : ""), "");
        if (phase.Clipping is { } clipping) Follow("clipping", clipping.Notation, "");
        Follow(phase.OptimizerName, $"learning rate: {_trainer.Schedule.Notation}", "");
        foreach (var network in _boxes.Where(box => box.Kind == BoxKind.Network).ToList())
            _arrows.Add(new Arrow(last, network.Id, "parameters", IsBack: true));
        foreach (var average in _trainer.AfterUpdate.Nodes.Select(node => node.Operation).OfType<AverageParameters>())
        {
            var teacher = Find(average.Average).Origin is Origin.Average { Trains: true }
                ? _boxes.FirstOrDefault(box => box.Id == Id("moving average")) : null;
            string id = Id("average of the weights");
            _boxes.Add(new Box(id, "average of the weights", "exponential, moving", BoxKind.Update));
            _arrows.Add(new Arrow(last, id, ""));
            if (teacher is not null) _arrows.Add(new Arrow(id, teacher.Id, "parameters", IsBack: true));
        }

        void Follow(string title, string detail, string label)
        {
            string id = Id($"update {title}");
            _boxes.Add(new Box(id, title, detail, BoxKind.Update));
            _arrows.Add(new Arrow(last, id, label));
            last = id;
        }
    }

    private Term? Term(Value value) => _trainer.Terms.FirstOrDefault(term => term.Loss == value);

    private static bool IsNetwork(Node node) => node.Operation is Call or Ask or AskMean or AskEach;

    private string Id(Node node, string kind) => Id($"{kind} {node.Output.Name}");

    private string Id(string key)
    {
        if (!_ids.TryGetValue(key, out string? id)) _ids.Add(key, id = $"b{_ids.Count.ToString(CultureInfo.InvariantCulture)}");
        return id;
    }
}
