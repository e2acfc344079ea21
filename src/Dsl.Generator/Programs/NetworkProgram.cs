using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Programs;

/// <summary>A learned parameter of a network.</summary>
/// <param name="Name">Its name in a state dictionary: <c>0.weight</c>.</param>
/// <param name="Member">Its property in generated code: <c>Conv2d0Weight</c>.</param>
/// <param name="IsFrozen">Whether it is held as it is: no gradient is computed for it and no update changes it.</param>
internal sealed record NetworkParameter(
    string Name, string Member, Shape Shape, Initialization Initialization, bool IsFrozen = false)
{
    public long Count => Shape.ElementsPerSample;

    /// <summary>Whether weight decay passes it over: a number that has no reason to be small.</summary>
    public bool NeverDecays { get; init; }

    /// <summary>A row that starts as zeros, however the others start; null for none.</summary>
    public long? ZeroRow { get; init; }

    /// <summary>What starts with it, behind it; null for nothing.</summary>
    public StartedBehind? Behind { get; init; }

    /// <summary>How its layer starts it where no rule says otherwise.</summary>
    public Initialization Default { get; } = Initialization;
}

/// <summary>Buffers of a layer that start by one of its parameters.</summary>
/// <param name="Own">How the parameter's member ends.</param>
/// <param name="Function">The runtime's, over the parameter, the buffers and the generator.</param>
/// <param name="Buffers">How the members of the buffers end.</param>
internal sealed record StartedBehind(string Own, string Function, EquatableArray<string> Buffers);

/// <summary>State of a network that no gradient reaches.</summary>
internal sealed record NetworkBuffer(string Name, string Member, TensorType Type, double Initial)
{
    /// <summary>The stage of growth whose share it is, counted from 1; 0 for what is no share.</summary>
    public int Stage { get; init; }
}

/// <summary>Some rows of a parameter that have a gradient of their own: a view of the parameter's.</summary>
internal sealed record NetworkParameterRows(string Member, NetworkParameter Parameter, long Start, long Length);

/// <summary>A tensor that a network computes from its declaration alone: neither learned nor saved.</summary>
/// <param name="Member">Its field in generated code; layers that ask for the same field share it.</param>
/// <param name="Code">The C# expression that makes it.</param>
/// <param name="Remark">What it is, for its field.</param>
internal sealed record NetworkTable(string Member, TensorType Type, string Code, string Remark = "a function of the shape");

/// <summary>A layer of a network, for the table at the head of the generated file.</summary>
/// <param name="Remark">What is special about its parameters; with a leading comma; empty when nothing is.</param>
internal sealed record NetworkLayer(
    string Path, string Description, Shape Output, long Parameters, IReadOnlyList<Node> Nodes, string Remark = "")
{
    /// <summary>What declares it; null for an operation of a method's body.</summary>
    public Bound<LayerAttribute>? Declaration { get; init; }

    /// <summary>Whether what it gives tells the places of a sequence apart.</summary>
    public bool TellsPlaces { get; init; }

    /// <summary>Whether what it gives at a place of a sequence depends on later places.</summary>
    public bool SeesLater { get; init; }

    /// <summary>The innermost use of a block in which it stands; null for a layer of the model's own stack.</summary>
    public NetworkBlock? Block { get; init; }

    /// <summary>What nodes that belong to it are marked with.</summary>
    public string Section => NetworkBlock.Section(Block, Path, Description);

    /// <summary>What it is called: <c>Conv2d</c>.</summary>
    public string Name => Declaration?.Name ?? Description;

    /// <summary>Its arguments as they are declared; empty for none.</summary>
    public string Arguments => Declaration?.Arguments ?? "";
}

/// <summary>A value that a network takes or gives under a name.</summary>
/// <param name="Name">The name as declared: an argument of <c>forward</c>, a tag, a member of the result.</param>
internal sealed record NetworkPort(string Name, Value Value)
{
    /// <summary>The places of the sequences whose lengths it holds; null where it holds none.</summary>
    public long? CountedPlaces { get; init; }

    /// <summary>What it says of another input's rows; null where it says nothing.</summary>
    public PortRelation? Relation { get; init; }

    /// <summary>The name as that of a member: <c>Edges</c>.</summary>
    public string Member => char.ToUpperInvariant(Name[0]) + Name.Substring(1);

    /// <summary>The name as that of a variable: <c>edges</c>.</summary>
    public string Variable => char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>The argument of the backward pass that carries its gradient.</summary>
    public string GradientArgument => Variable + "Gradient";

    /// <summary>The member of the tape by which a trainer reads it, where it is a tagged value.</summary>
    public string TapeMember => "Tagged" + Member;
}

/// <summary>What an input must have to do with another one.</summary>
/// <param name="Requirement">The method of the runtime that holds the one against the other.</param>
/// <param name="Of">The name of the other input.</param>
internal sealed record PortRelation(string Requirement, string Of);

/// <summary>A checked model: its state and the computation of its outputs.</summary>
internal sealed class NetworkProgram
{
    private ArenaLayout? _layout;
    private Dictionary<Node, NetworkLayer>? _layers;

    public NetworkProgram(TensorType input, string name = "input")
    {
        AddInput(name, input);
        Entry = Output = Input;
    }

    public Computation Computation { get; } = new();

    /// <summary>Where the model's <c>[Model]</c> stands; null for a part of a network.</summary>
    public Site? Site { get; init; }

    /// <summary>The data set whose rows it takes; null where it takes tensors alone.</summary>
    public DatasetProgram? Dataset { get; init; }

    /// <summary>Whether it is computed place by place, too.</summary>
    public bool IsStepwise { get; set; }

    /// <summary>Whether its recurrences can go on from states that are given.</summary>
    public bool CarriesStates { get; init; }

    /// <summary>Whether its products take factors of 16 bits.</summary>
    public bool IsMixed { get; init; }

    /// <summary>The sizes H of these, in order.</summary>
    public List<long> CarriedSizes { get; } = [];

    /// <summary>What the network takes, in the order of <c>forward</c>'s arguments.</summary>
    public List<NetworkPort> Inputs { get; } = [];

    /// <summary>The first input.</summary>
    public Value Input => Inputs[0].Value;

    /// <summary>What the first layer gets: the first input, or what is made of it before.</summary>
    public Value Entry { get; set; }

    /// <summary>Where the stack stands; at its end the output, unless outputs are declared.</summary>
    public Value Output { get; set; }

    /// <summary>The declared outputs.</summary>
    public List<NetworkPort> Outputs { get; } = [];

    /// <summary>What the network returns, in order.</summary>
    public IReadOnlyList<NetworkPort> Results => Outputs.Count > 0 ? Outputs : [new NetworkPort("Output", Output)];

    /// <summary>Tagged values of the outermost stack, which objectives can read.</summary>
    public List<NetworkPort> Features { get; } = [];

    /// <summary>Where samples can be mixed, in order.</summary>
    public IReadOnlyList<Node> MixPoints => Computation.Nodes.Where(node => node.Operation is MixPoint).ToList();

    /// <summary>Whether a pass in training mode draws masks.</summary>
    public bool HasDropout => Computation.Nodes.Any(node => node.Operation.ReadsDropoutStream);

    /// <summary>Whether the network takes one tensor and returns one tensor.</summary>
    public bool IsSingle => Inputs.Count == 1 && Results.Count == 1;

    /// <summary>Whether the network takes one tensor of real numbers and returns one tensor.</summary>
    public bool IsPlain => IsSingle && Input.Type.Element == ElementType.Float;

    /// <summary>An output, or else a tagged value; null when the network has neither of that name.</summary>
    public NetworkPort? FindResult(string name) => Results.Concat(Features).FirstOrDefault(port => port.Name == name);

    public void AddInput(string name, TensorType type, long? countedPlaces = null, PortRelation? relation = null) =>
        Inputs.Add(new NetworkPort(name, Computation.Add(new Input(name, type), name))
        {
            CountedPlaces = countedPlaces,
            Relation = relation,
        });

    /// <summary>What is made of further inputs before a layer gets them, where anything is.</summary>
    public Dictionary<string, Value> FurtherEntries { get; } = [];

    /// <summary>What layers get of an input.</summary>
    public Value EntryOf(NetworkPort input) => input == Inputs[0] ? Entry
        : FurtherEntries.TryGetValue(input.Name, out var entry) ? entry : input.Value;

    /// <summary>Where the sequences of values end, as far as it was asked for; null for a value without padding.</summary>
    public Dictionary<Value, SequenceEnds?> Ends { get; } = [];

    /// <summary>The input with the lengths of a result's sequences; null where it has no padding.</summary>
    public NetworkPort? LengthsOf(Value result) => Ends.TryGetValue(result, out var ends) && ends is not null
        ? Inputs.FirstOrDefault(input => input.Value == ends.Lengths) : null;

    public List<NetworkParameter> Parameters { get; } = [];

    /// <summary>What files of pretrained weights call otherwise, the longest names first.</summary>
    public List<PretrainedPart> Pretrained { get; } = [];

    public List<NetworkParameterRows> ParameterRows { get; } = [];

    /// <summary>Products of learned matrices that are added to weights which stay as they are.</summary>
    public List<LowRankUpdate> LowRankUpdates { get; } = [];

    /// <summary>Normal distributions of weights that are drawn in each pass.</summary>
    public List<WeightDistribution> Posteriors { get; } = [];

    /// <summary>Those that are learned.</summary>
    public IEnumerable<WeightDistribution> LearnedPosteriors =>
        Posteriors.Where(posterior => !posterior.Mean.IsFrozen && !posterior.Raw.IsFrozen);

    /// <summary>Rows of parameters that are not frozen.</summary>
    public IEnumerable<NetworkParameterRows> TrainedRows => ParameterRows.Where(rows => !rows.Parameter.IsFrozen);

    /// <summary>Further names of parameters that several layers share.</summary>
    public List<NetworkAlias> Aliases { get; } = [];

    /// <summary>Weights that layers share, by the name that these give.</summary>
    public Dictionary<string, SharedWeight> SharedWeights { get; } = [];

    public List<NetworkBuffer> Buffers { get; } = [];

    /// <summary>The stages of growth that it has, in order.</summary>
    public IReadOnlyList<int> Stages =>
        [.. Buffers.Select(buffer => buffer.Stage).Where(stage => stage > 0).Distinct().OrderBy(stage => stage)];

    public List<NetworkTable> Tables { get; } = [];

    public List<NetworkLayer> Layers { get; } = [];

    /// <summary>Uses of blocks in order, outer ones first.</summary>
    public List<NetworkBlock> Blocks { get; } = [];

    /// <summary>The layer that a node belongs to.</summary>
    public NetworkLayer? LayerOf(Node node)
    {
        if (_layers is null || _layers.Count != Layers.Sum(layer => layer.Nodes.Count))
            _layers = Layers.SelectMany(layer => layer.Nodes.Select(own => (Node: own, Layer: layer)))
                .ToDictionary(pair => pair.Node, pair => pair.Layer);
        return _layers.TryGetValue(node, out var layer) ? layer : null;
    }

    /// <summary>Whether a value is a parameter that is held as it is.</summary>
    public bool IsFrozen(Value value) => value.Producer.Operation is Parameter leaf
        && Parameters.Any(parameter => parameter.IsFrozen && parameter.Member == leaf.Member);

    /// <summary>The methods that carry layers, when the user wrote <c>Forward</c>; else none.</summary>
    public List<NetworkMethod> Methods { get; } = [];

    /// <summary>Whether <c>Forward</c> lies outside of what is analysed: then <see cref="Computation"/> does not say how inputs
    /// become outputs.</summary>
    public bool IsOpaque { get; set; }

    /// <summary>Whether the shapes of the results are known.</summary>
    public bool KnowsResults { get; set; } = true;

    /// <summary>Where the parameters lie; asked for when all of them are there.</summary>
    public ArenaLayout Layout => _layout ??= new ArenaLayout(Parameters);
}

/// <summary>A method of a model that carries layers.</summary>
/// <param name="Modifiers">What its implementation repeats of its declaration.</param>
/// <param name="Body">From its parameters, the inputs, to its result; null when <c>Forward</c> does not reach it.</param>
internal sealed record NetworkMethod(string Name, string Modifiers, IReadOnlyList<string> Parameters, NetworkProgram? Body);

/// <summary>A product of learned matrices that is added to a weight, each by its name in a state dictionary.</summary>
/// <param name="Weight">The weight [out, in]; a kernel [out, in, k, k] is a matrix [out, in·k²], and so are
/// its factors.</param>
/// <param name="Left">The first matrix [out, r].</param>
/// <param name="Right">The second [r, in].</param>
/// <param name="Scale">The factor of the product.</param>
/// <param name="Row">The first row of the weight that it is added to.</param>
internal sealed record LowRankUpdate(string Weight, string Left, string Right, double Scale, long Row);

/// <summary>The normal distributions of weights.</summary>
/// <param name="Mean">Their means.</param>
/// <param name="Raw">Numbers ρ of the same shape, of which the deviations are log(1 + e^ρ).</param>
internal sealed record WeightDistribution(NetworkParameter Mean, NetworkParameter Raw);
