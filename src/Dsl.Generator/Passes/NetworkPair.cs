using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>A network's forward and backward operations, and what the first saves for the second.</summary>
internal sealed class NetworkPair
{
    private static readonly Pipeline<NetworkPair> Passes = new(
        (nameof(Differentiate), pair => pair.Derive()),
        (nameof(FuseAccumulation), pair => pair.FuseWithinBlocks()),
        (nameof(ShareSubexpressions), pair => ShareSubexpressions.Run(pair._network.Computation)),
        (nameof(DropDead), pair => pair.DropUnread()));

    private readonly NetworkProgram _network;
    private HashSet<Value>? _saved;

    /// <param name="network">The network, whose computation becomes the pair's.</param>
    /// <param name="stage">Sees the computation as it is read and after each pass, by the pass's name; null for nobody.</param>
    public NetworkPair(NetworkProgram network, System.Action<string, Computation>? stage = null)
    {
        _network = network;
        Inference = network.Computation.Nodes.ToList();
        OutputGradients = [];
        InputGradients = [];
        Passes.Run(this, network.Computation, stage);

        var inference = new HashSet<Node>(Inference);
        Forward = network.Computation.Nodes.Where(inference.Contains).ToList();
        var backward = network.Computation.Nodes.Where(node => !inference.Contains(node)).ToList();
        var needed = new HashSet<Value>();
        ParameterPart = [];
        foreach (var node in Enumerable.Reverse(backward))
        {
            if (!node.Operation.HasEffect && !node.Outputs.Any(needed.Contains)) continue;
            needed.UnionWith(node.Inputs);
            ParameterPart.Insert(0, node);
        }

        InputPart = backward.Except(ParameterPart).ToList();
        var features = new HashSet<Value>(network.Features.Select(feature => feature.Value));
        var read = new HashSet<Value>(backward.SelectMany(node => node.Inputs));
        Saved = Forward
            .Where(node => node.Operation is not (Parameter or Buffer or Table))
            .SelectMany(node => node.Outputs)
            .Where(value => features.Contains(value) || read.Contains(value))
            .ToList();

        foreach (var node in Forward.Where(node => node.Operation is { IsView: true, IsKnownView: false }))
        {
            var viewed = node.Outputs[0];
            while (viewed.Producer is { Operation.IsView: true, Inputs.Count: > 0 } view) Viewed.Add(viewed = view.Inputs[0]);
        }

        InputOnly = network.Layout.Frozen.Length == 0 ? []
            : new HashSet<Value>(
                Owned.Where(value => !features.Contains(value) && network.Results.All(result => result.Value != value)
                && !ParameterPart.Any(node => node.Inputs.Contains(value))));
    }

    /// <summary>The forward operations as they were before any pass.</summary>
    public IReadOnlyList<Node> Inference { get; }

    public IReadOnlyList<Node> Forward { get; }

    /// <summary>Backward operations that a parameter's gradient needs.</summary>
    public List<Node> ParameterPart { get; }

    /// <summary>Backward operations that only the inputs' gradients need.</summary>
    public List<Node> InputPart { get; }

    /// <summary>Arguments of the backward pass: the gradient of each result.</summary>
    public IReadOnlyList<Value> OutputGradients { get; private set; }

    /// <summary>The gradient of each input of real numbers.</summary>
    public IReadOnlyList<NetworkPort> InputGradients { get; private set; }

    /// <summary>What is kept on the tape: what the backward pass reads of the forward pass, and features.</summary>
    public IReadOnlyList<Value> Saved { get; }

    public bool IsSaved(Value value) => (_saved ??= [.. Saved]).Contains(value);

    /// <summary>The saved values that the tape frees; the others are the caller's inputs.</summary>
    public IEnumerable<Value> Owned => Saved.Where(value => value.Producer.Operation is not Input);

    /// <summary>
    /// Of a network with a frozen part, what only the inputs' gradients read: the activations of a frozen part before anything
    /// that is trained. They are kept when they are asked for.
    /// </summary>
    public HashSet<Value> InputOnly { get; }

    /// <summary>What <see cref="Forward"/> does in place, and when it frees what it does not save.</summary>
    public PlanMemory PlanForward(NetworkProgram network) =>
        new(Forward, [.. Saved, .. network.Results.Select(result => result.Value)], []);

    /// <summary>What the backward operations do in place, and when they free what they and the tape hold.</summary>
    public PlanMemory PlanBackward() =>
        new([.. ParameterPart, .. InputPart], [.. InputGradients.Select(input => input.Value)], Owned.ToList(), Viewed);

    /// <summary>What has a view that a step's memory does not know, and may live on in it when it is freed.</summary>
    private HashSet<Value> Viewed { get; } = [];

    /// <summary>How what the tape keeps is freed.</summary>
    public string Ending(Value value) => Viewed.Contains(value) ? "Dispose" : "Free";

    /// <summary>The member of the tape that holds a saved value.</summary>
    public static string TapeMember(Value value) => Casing.Member(value.Name);

    private void Derive()
    {
        var computation = _network.Computation;
        computation.Section = null;
        OutputGradients = _network.Results.Select(result => OutputGradient(_network, result)).ToList();
        var inputGradients = _network.Inputs.Where(input => input.Value.Type.Element == ElementType.Float)
            .ToDictionary(input => input.Value, _ => new List<Value>());
        var trained = new HashSet<string>(
            _network.Parameters.Where(parameter => !parameter.IsFrozen).Select(parameter => parameter.Member)
            .Concat(_network.TrainedRows.Select(rows => rows.Member)));
        Differentiate.Run(
            computation, _network.Results.Zip(OutputGradients, (result, gradient) => (result.Value, gradient)), IsSource,
            OnSource,
            extend: (value, gradient) => _network.Features.FirstOrDefault(feature => feature.Value == value) is { } feature
                ? AddFeatureGradient(computation, feature, gradient)
                : gradient);
        computation.Section = null;
        InputGradients = _network.Inputs.Where(input => inputGradients.ContainsKey(input.Value))
            .Select(input => new NetworkPort(input.Name, Sum(computation, input.Value, inputGradients[input.Value]))).ToList();

        bool IsSource(Value value) => Member(value) is { } member ? trained.Contains(member) : inputGradients.ContainsKey(value);

        void OnSource(Value source, Value gradient)
        {
            if (Member(source) is { } member) computation.AddEffect(new Accumulate($"gradients.{member}"), gradient);
            else inputGradients[source].Add(gradient);
        }
    }

    // What stands in a block is text of a class of its own, with that class's parameters.
    private void FuseWithinBlocks()
    {
        var blocks = _network.Layers.ToLookup(layer => layer.Section, layer => layer.Block);
        FuseAccumulation.Run(
            _network.Computation, (a, b) => blocks[a.Section!].FirstOrDefault() == blocks[b.Section!].FirstOrDefault());
    }

    private void DropUnread()
    {
        DropDead.Run(_network.Computation,
            [.. _network.Results.Concat(_network.Features).Concat(InputGradients).Select(port => port.Value)]);
        _network.Computation.Rename();
    }

    /// <summary>The parameter that a value is, or the rows of one; null for any other value.</summary>
    private static string? Member(Value value) => value.Producer.Operation switch
    {
        Parameter parameter => parameter.Member,
        ParameterRows rows => rows.Member,
        _ => null,
    };

    private static Value OutputGradient(NetworkProgram network, NetworkPort result) =>
        network.Computation.Add(new Input(result.GradientArgument, result.Value.Type), result.GradientArgument);

    private static Value AddFeatureGradient(Computation computation, NetworkPort feature, Value? gradient)
    {
        var operation = new FeatureGradient(feature.GradientArgument, IsAlone: gradient is null);
        return computation.Add(operation, GradientContext.Name(feature.Value), gradient ?? feature.Value);
    }

    private static Value Sum(Computation computation, Value input, List<Value> gradients) => gradients.Count == 0
        ? computation.Add(new ZerosLike(), GradientContext.Name(input), input)
        : gradients.Aggregate((sum, next) => computation.Add(new Add(), GradientContext.Name(input), sum, next));
}
