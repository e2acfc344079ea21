using System.Globalization;
using Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A graph of ONNX while it is written. Generated code adds nodes in an order in which they can run; what no output depends on
/// is left out of the file.
/// </summary>
/// <remarks>Types and attributes of nodes are those of ONNX's operator set 21 (https://onnx.ai/onnx/operators). Numbers are
/// of single precision, whatever the model's.</remarks>
public sealed partial class OnnxGraph
{
    // Types of elements, as a node that converts takes them.
    private const long Float = (long)TensorProto.Types.DataType.Float, Int64 = (long)TensorProto.Types.DataType.Int64,
        Double = (long)TensorProto.Types.DataType.Double;

    private readonly IReadOnlyDictionary<string, Tensor> _state;
    private readonly Dictionary<string, OnnxValue> _known = [];
    private readonly List<OnnxValue> _nodes = [];
    private readonly List<ValueInfoProto> _inputs = [];
    private readonly List<(OnnxValue Value, ValueInfoProto Info)> _outputs = [];
    private readonly HashSet<OnnxValue> _named = [];
    private int _unnamed;

    internal OnnxGraph(IReadOnlyDictionary<string, Tensor> state) => _state = state;

    /// <summary>The layer that the next nodes belong to: their names begin with it.</summary>
    public string Layer { get; set; } = "";

    /// <summary>An input of real numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes.</param>
    public OnnxValue Input(string name, params ReadOnlySpan<OnnxSize> shape) =>
        AddInput(name, TensorProto.Types.DataType.Float, shape);

    /// <summary>An input of whole numbers of 64 bits.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes.</param>
    public OnnxValue Indices(string name, params ReadOnlySpan<OnnxSize> shape) =>
        AddInput(name, TensorProto.Types.DataType.Int64, shape);

    /// <summary>A parameter or buffer of the model.</summary>
    /// <param name="name">Its name in a state dictionary.</param>
    public Tensor Tensor(string name) => _state[name];

    /// <summary>A parameter or buffer of the model as a constant of the file, under its own name.</summary>
    /// <param name="name">Its name in a state dictionary.</param>
    public OnnxValue State(string name) => Constant(name, _state[name]);

    /// <summary>A tensor as a constant of the file, of which it holds a view until it is written.</summary>
    /// <param name="name">The name; the same name is the same constant.</param>
    /// <param name="tensor">The numbers, real ones or whole ones.</param>
    public OnnxValue Constant(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return _known.TryGetValue(name, out var known) ? known
            : _known[name] = new OnnxValue(name) { Tensor = tensor.detach() };
    }

    /// <summary>A number beside tensors.</summary>
    public OnnxValue Number(double value) =>
        Constant(string.Create(CultureInfo.InvariantCulture, $"/{value:R}"), tensor((float)value));

    /// <summary>Numbers in a row.</summary>
    public OnnxValue Numbers(params ReadOnlySpan<double> values)
    {
        float[] numbers = new float[values.Length];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (float)values[i];
        return Constant($"/[{string.Join(", ", numbers.Select(Show))}]", tensor(numbers));
    }

    /// <summary>One place.</summary>
    public OnnxValue Index(long value) =>
        Constant(string.Create(CultureInfo.InvariantCulture, $"/{value}:int64"), tensor(value));

    /// <summary>Sizes or places in a row.</summary>
    public OnnxValue List(params ReadOnlySpan<long> values)
    {
        long[] items = values.ToArray();
        string name = $"/[{string.Join(", ", items.Select(item => item.ToString(CultureInfo.InvariantCulture)))}]:int64";
        return Constant(name, tensor(items));
    }

    /// <summary>A constant that is one number everywhere.</summary>
    /// <param name="value">The number.</param>
    /// <param name="shape">Its sizes.</param>
    public OnnxValue Filled(double value, params ReadOnlySpan<long> shape)
    {
        long[] sizes = shape.ToArray();
        return Constant($"/{Show(value)} x [{string.Join(", ", sizes)}]", Aten.full(sizes, value, ScalarType.Float32));
    }

    /// <summary>A node.</summary>
    /// <param name="type">The operator of ONNX.</param>
    /// <param name="inputs">What it reads; null for an optional input that is not given.</param>
    /// <returns>Its first result.</returns>
    public OnnxValue Node(string type, params ReadOnlySpan<OnnxValue?> inputs) => AddNode("", type, inputs.ToArray());

    /// <summary>Whole numbers, truths or numbers of double precision as real ones of single precision.</summary>
    public OnnxValue Real(OnnxValue value) => Node("Cast", value).With("to", Float);

    /// <summary>An output of real numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">What it is.</param>
    /// <param name="shape">Its sizes.</param>
    public void Output(string name, OnnxValue value, params ReadOnlySpan<OnnxSize> shape) =>
        AddOutput(name, TensorProto.Types.DataType.Float, value, shape);

    /// <summary>The graph as ONNX's message, without the numbers of its constants.</summary>
    /// <returns>The message, and the constants that it names.</returns>
    internal (GraphProto Graph, IReadOnlyList<OnnxValue> Constants) Build(string name)
    {
        var read = new HashSet<OnnxValue>();
        var waiting = new Stack<OnnxValue>(_outputs.Select(output => output.Value));
        while (waiting.TryPop(out var value))
        {
            if (!read.Add(value)) continue;
            foreach (var input in value.Inputs)
                if (input is not null) waiting.Push(input);
        }

        var graph = new GraphProto { Name = name };
        graph.Input.AddRange(_inputs);
        graph.Output.AddRange(_outputs.Select(output => output.Info));
        foreach (var value in _nodes.Where(read.Contains))
        {
            value.Node!.Input.AddRange(value.Inputs.Select(input => input?.Name ?? ""));
            value.Node.Output.Add(value.Name);
            value.Node.Name = value.Node.Name.Length == 0 ? value.Name : $"{value.Node.Name}/{value.Name.TrimStart('/')}";
            graph.Node.Add(value.Node);
        }

        RequireOneEach(graph);
        return (graph, [.. read.Where(value => value.Tensor is not null || value.Texts is not null)
            .OrderBy(value => value.Name, StringComparer.Ordinal)]);
    }

    private OnnxValue AddInput(string name, TensorProto.Types.DataType type, ReadOnlySpan<OnnxSize> shape)
    {
        _inputs.Add(Describe(name, type, shape));
        var input = new OnnxValue(name);
        _named.Add(input);
        return input;
    }

    private OnnxValue AddNode(string domain, string type, OnnxValue?[] inputs)
    {
        int last = Array.FindLastIndex(inputs, input => input is not null);
        var value = new OnnxValue($"/{type}_{_unnamed++}")
        {
            Node = new NodeProto { OpType = type, Domain = domain, Name = Layer },
            Inputs = inputs[..(last + 1)],
        };
        _nodes.Add(value);
        return value;
    }

    private void AddOutput(string name, TensorProto.Types.DataType type, OnnxValue value, ReadOnlySpan<OnnxSize> shape)
    {
        // An output has its name alone: what is an input or an output already is passed on.
        if (value.Node is null || !_named.Add(value)) _named.Add(value = Node("Identity", value));
        _outputs.Add((value.As(name), Describe(name, type, shape)));
    }

    private static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, ReadOnlySpan<OnnxSize> shape)
    {
        var sizes = new TensorShapeProto();
        foreach (var size in shape)
        {
            sizes.Dim.Add(size.Known is { } known ? new TensorShapeProto.Types.Dimension { DimValue = known }
                : new TensorShapeProto.Types.Dimension { DimParam = size.Symbol! });
        }

        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = sizes };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    // Two values of one name would be one, and the file another network.
    private static void RequireOneEach(GraphProto graph)
    {
        var names = graph.Input.Select(input => input.Name).Concat(graph.Node.SelectMany(node => node.Output));
        string? twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(alike => alike.Count() > 1)?.Key;
        if (twice is not null) throw new InvalidOperationException($"Two values of the graph are called '{twice}'.");
    }

    private static string Show(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
