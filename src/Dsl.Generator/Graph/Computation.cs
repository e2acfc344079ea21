using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph;

/// <summary>A tensor in a <see cref="Computation"/>: one result of one node, never assigned twice.</summary>
internal sealed class Value(Node producer, int index, TensorType type, string hint, string name)
{
    public Node Producer { get; private set; } = producer;

    public int Index { get; private set; } = index;

    public TensorType Type { get; } = type;

    public Shape Shape => Type.Shape;

    /// <summary>What stands behind it in generated code: its shape, and how many bits its numbers have where that is not
    /// theirs everywhere.</summary>
    public string Remark => Type.Element == ElementType.BFloat16 ? Type.ToString() : Shape.ToString();

    /// <summary>What the value is called where the name is free.</summary>
    public string Hint { get; } = hint;

    /// <summary>Name of the variable in generated code; unique in the computation.</summary>
    public string Name { get; set; } = name;

    public override string ToString() => Name;

    /// <summary>Makes it a result of another node; for passes.</summary>
    public void MoveTo(Node producer, int index) => (Producer, Index) = (producer, index);
}

/// <summary>One operation applied to values.</summary>
internal sealed class Node(Operation operation, IReadOnlyList<Value> inputs, string? section)
{
    public Operation Operation { get; private set; } = operation;

    public IReadOnlyList<Value> Inputs { get; set; } = inputs;

    public IReadOnlyList<Value> Outputs { get; set; } = [];

    /// <summary>What the node belongs to: a layer or an objective, as a reader calls it.</summary>
    public string? Section { get; } = section;

    public Value Output => Outputs[0];

    /// <summary>Puts another operation in the node's place; for passes. Results that stay are read as before.</summary>
    public void Become(Operation operation, params IReadOnlyList<Value> inputs) => (Operation, Inputs) = (operation, inputs);
}

/// <summary>
/// The intermediate representation: a list of operations named after aten's, in an order in which they can run. Models,
/// objectives and schemes lower to it, passes rewrite it, targets spell it.
/// </summary>
internal sealed class Computation
{
    private readonly List<Node> _nodes = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>What nodes added from now on belong to.</summary>
    public string? Section { get; set; }

    /// <summary>What ends the names of values added from now on.</summary>
    public string Suffix { get; set; } = "";

    /// <summary>Adds an operation with one result.</summary>
    public Value Add(Operation operation, string name, params Value[] inputs) => AddNode(operation, [name], inputs).Output;

    /// <summary>Adds an operation with several results.</summary>
    public IReadOnlyList<Value> AddMany(Operation operation, string[] names, params Value[] inputs) =>
        AddNode(operation, names, inputs).Outputs;

    /// <summary>Adds an operation that is there for its effect.</summary>
    public void AddEffect(Operation operation, params Value[] inputs) => AddNode(operation, [], inputs);

    /// <summary>A result for a node that a pass has put another operation into.</summary>
    public Value NewResult(Node node, int index, TensorType type, string hint) => new(node, index, type, hint, Unique(hint));

    /// <summary>Replaces the list of nodes; for passes.</summary>
    public void Replace(IEnumerable<Node> nodes)
    {
        var list = nodes.ToList();
        _nodes.Clear();
        _nodes.AddRange(list);
    }

    /// <summary>Names the values that passes have left anew, so that no name is numbered without need.</summary>
    public void Rename()
    {
        _names.Clear();
        foreach (var value in _nodes.SelectMany(node => node.Outputs)) value.Name = Unique(value.Hint);
    }

    public IEnumerable<Node> Uses(Value value) => _nodes.Where(node => node.Inputs.Contains(value));

    private Node AddNode(Operation operation, string[] names, Value[] inputs)
    {
        var node = new Node(operation, inputs, Section);
        var types = operation.Infer(inputs);
        if (types.Count != names.Length)
            throw new InvalidOperationException(
                $"{operation.GetType().Name} has {types.Count} results, {names.Length} are named");
        node.Outputs = types.Select((type, i) => new Value(node, i, type, names[i] + Suffix, Unique(names[i] + Suffix))).ToList();
        _nodes.Add(node);
        return node;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++) unique = $"{name}_{i}";
        return unique;
    }
}
