using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>What is called what in the methods of a block: layers by their places in it, and what comes from outside by its
/// part.</summary>
internal sealed class BlockScope
{
    private static readonly string[] Reserved = ["arena", "block", "generator", "gradients", "model", "path", "state", "tape"];

    private readonly BlockUse _use;
    private readonly NetworkNodes _nodes;
    private readonly IReadOnlyList<string> _layers;
    private readonly HashSet<string> _taken = new(Reserved, StringComparer.Ordinal);
    private readonly Dictionary<Value, string> _names = [];

    public BlockScope(BlockUse use, NetworkNodes nodes)
    {
        (_use, _nodes) = (use, nodes);
        var own = use.Inference.Concat(use.Forward).Concat(use.Backward).ToList();
        _layers = own.Select(nodes.LayerOf).Select(layer => layer!.Name).Distinct().ToList();
        foreach (string name in use.Block.Arguments.Keys) _taken.Add(Lower(name));
        foreach (var input in use.InferenceInputs.Concat(use.Inputs).Distinct()) Name(input, "input");
        foreach (var gradient in use.OutputGradients) Name(gradient, "dOutput");
        foreach (var value in own.Distinct().SelectMany(node => node.Outputs)) Name(value, Hint(value));
        foreach (var leaf in own.SelectMany(node => node.Inputs).Distinct())
        {
            if (leaf.Producer.Operation is Parameter or Graph.Operations.Buffer)
                _names[leaf] = Member(((Leaf)leaf.Producer.Operation).Member);
            else if (leaf.Producer.Operation is Table table) _names[leaf] = $"model.{table.Member}";
        }
    }

    /// <summary>Names in <c>forward</c> and <c>Forward</c>.</summary>
    public IReadOnlyDictionary<Value, string> Names => _names;

    public string NameOf(Value value) => _names.TryGetValue(value, out string? name) ? name : value.Name;

    /// <summary>Names in <c>Backward</c>.</summary>
    public IReadOnlyDictionary<Value, string> BackwardNames
    {
        get
        {
            var names = new Dictionary<Value, string>(_names);
            foreach (var value in _use.Owned.Concat(_use.Borrowed)) names[value] = $"tape.{TapeMember(value)}";
            return names;
        }
    }

    /// <summary>The member of the block's tape that holds a value.</summary>
    public string TapeMember(Value value) => Casing.Member(_names[value]);

    /// <summary>A member of the model as one of the block: <c>BatchNorm2d0Weight</c> for <c>BatchNorm2d2_0Weight</c>.</summary>
    public string Member(string member)
    {
        foreach (string layer in _layers)
        {
            string before = layer + _use.Block.Number + "_";
            int at = member.IndexOf(before, StringComparison.OrdinalIgnoreCase);
            if (at >= 0) return member.Remove(at + layer.Length, before.Length - layer.Length);
        }

        return member;
    }

    /// <summary>The section that an operation stands in.</summary>
    public string? Section(Node node) =>
        _nodes.LayerOf(node) is { } layer
            ? NetworkBlock.Section(layer.Block, layer.Path, layer.Description, _use.Block.Path + ".") : node.Section;

    /// <summary>An operation with the gradients of the block's own parameters.</summary>
    public Operation Spelled(Operation operation) =>
        operation is IAccumulation accumulation ? accumulation.For(Member(accumulation.Member)) : operation;

    /// <summary>Whether the block frees a value after its last use; what it was given to read again is the caller's.</summary>
    public bool Frees(Value value) => !_use.Borrowed.Contains(value);

    private void Name(Value value, string hint)
    {
        if (_names.ContainsKey(value)) return;
        string name = hint;
        for (int i = 2; !_taken.Add(name); i++) name = char.IsDigit(hint[hint.Length - 1]) ? $"{hint}_{i}" : $"{hint}{i}";
        _names.Add(value, name);
    }

    private string Hint(Value value)
    {
        string hint = Member(value.Hint);
        if (hint != value.Hint) return hint;

        // What comes from outside, in another shape, and its gradient.
        foreach (var input in _use.Inputs)
        {
            if (hint == input.Hint) return _names[input];
            if (hint == GradientContext.Name(input)) return "d" + Upper(_names[input]);
        }

        return hint;
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
