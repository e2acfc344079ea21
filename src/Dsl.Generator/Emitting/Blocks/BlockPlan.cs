using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>
/// Which uses of blocks a model's class has as objects of a class of their own, and what everything else is called beside them.
/// What is computed, in which order, in place or not, and what is freed where is that of the network as a whole; only the place
/// of the text changes.
/// </summary>
internal sealed class BlockPlan
{
    private readonly NetworkNodes _nodes;
    private readonly Dictionary<NetworkBlock, BlockUse> _uses = [];
    private readonly Dictionary<string, BlockUse> _byPath = [];
    private readonly Dictionary<BlockUse, BlockScope> _scopes = [];
    private readonly Dictionary<BlockUse, BlockClass> _classes = [];
    private readonly Dictionary<Value, string> _names = [];
    private readonly Dictionary<Value, string> _tape = [];

    /// <param name="inference">The operations of <c>forward</c>.</param>
    /// <param name="pair">The training pair; null where there is none.</param>
    public BlockPlan(NetworkProgram network, IReadOnlyList<Node> inference, NetworkPair? pair)
    {
        _nodes = new NetworkNodes(network, inference, pair);

        // Methods of the user's call layers one by one; what a frozen part saves depends on what is asked of the whole.
        if (network.Methods.Count == 0 && pair?.InputOnly is not { Count: > 0 })
        {
            (PlanMemory, PlanMemory)? memory = pair is null ? null : (pair.PlanForward(network), pair.PlanBackward());
            Collect(network, pair, memory, null);
        }

        Uses = network.Blocks.Where(_uses.ContainsKey).Select(block => _uses[block]).ToList();
        NameValues(network, inference, pair);
    }

    /// <summary>The classes, in the order of their first uses.</summary>
    public IEnumerable<BlockClass> Classes => Uses.Select(ClassOf).Distinct();

    /// <summary>The uses that are objects, in order.</summary>
    public IReadOnlyList<BlockUse> Uses { get; }

    /// <summary>Names of values in the model's own methods.</summary>
    public IReadOnlyDictionary<Value, string> Names => _names;

    public BlockClass ClassOf(BlockUse use) => _classes[use];

    /// <summary>The property of the model, and of its tape, for a use: <c>Block2</c>.</summary>
    public static string Property(BlockUse use) => "Block" + use.Block.Number;

    /// <summary>The use that has a parameter or a buffer; null for the model itself.</summary>
    public BlockUse? UseOf(string name)
    {
        for (int dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))
            if (_byPath.TryGetValue(name.Substring(0, dot), out var use)) return use;
        return null;
    }

    /// <summary>A parameter or buffer as a member of the model: <c>Block2.Conv2d2Weight</c>.</summary>
    public string Member(string name, string member) =>
        UseOf(name) is { } use ? $"{Property(use)}.{_scopes[use].Member(member)}" : member;

    /// <summary>Where the model's tape holds a saved value: <c>Block2.ReLU4</c>.</summary>
    public string TapeMember(Value value) => _tape[value];

    /// <summary>Whether a saved value lies on the tape of a block.</summary>
    public bool IsInBlock(Value value) => UseOf(value.Producer) is { } use && use.Owned.Contains(value);

    /// <summary>The operations of a method in turn: the model's own, each alone, and runs of uses of one block.</summary>
    public IEnumerable<(Node? Node, IReadOnlyList<BlockUse> Uses)> Steps(IEnumerable<Node> nodes)
    {
        var run = new List<BlockUse>();
        foreach (var node in nodes)
        {
            if (node.Operation.IsLeaf) continue;
            var use = UseOf(node);
            if (use is not null && run.Contains(use)) continue;
            if (run.Count > 0 && (use is null || use.Block.Name != run[0].Block.Name))
            {
                yield return (null, run);
                run = [];
            }

            if (use is null) yield return (node, []);
            else run.Add(use);
        }

        if (run.Count > 0) yield return (null, run);
    }

    private BlockUse? UseOf(Node node)
    {
        if (node.Operation.IsLeaf || _uses.Count == 0) return null;
        for (var block = _nodes.LayerOf(node)?.Block; block is not null; block = block.Outer)
            if (_uses.TryGetValue(block, out var use)) return use;
        return null;
    }

    /// <summary>Collects the uses in a stack that are alike, and goes on into those that are like no other.</summary>
    private void Collect(
        NetworkProgram network, NetworkPair? pair, (PlanMemory, PlanMemory)? memory, HashSet<NetworkBlock>? outer)
    {
        var stack = network.Blocks.Where(block =>
            outer is null ? block.Outer is null : block.Outer is { } around && outer.Contains(around)).ToList();
        if (stack.Count == 0) return;
        var texts = new Dictionary<BlockUse, IReadOnlyList<CodeEntry>>();
        foreach (var block in stack)
        {
            if (BlockUse.Of(block, network, _nodes, pair) is not { } use) continue;
            var scope = _scopes[use] = new BlockScope(use, _nodes);
            texts.Add(use, BlockText.Of(use, scope, memory));
        }

        foreach (var alike in texts.Keys.GroupBy(use => use.Block.Name + BlockSizes.Outline(texts[use]))
            .Where(group => group.Count() > 1))
        {
            if (!Add([.. alike], texts))
                foreach (var same in alike.GroupBy(use => string.Join("\n", texts[use])).Where(group => group.Count() > 1))
                    Add([.. same], texts);
        }

        var rest = new HashSet<NetworkBlock>(stack.Where(block => !_uses.ContainsKey(block)));
        if (rest.Count > 0) Collect(network, pair, memory, rest);
    }

    private bool Add(IReadOnlyList<BlockUse> uses, IReadOnlyDictionary<BlockUse, IReadOnlyList<CodeEntry>> texts)
    {
        if (BlockSizes.Unite(uses, [.. uses.Select(use => texts[use])]) is not { } sizes) return false;
        string name = uses[0].Block.Name + "Layers";
        int others = _classes.Values.Distinct().Count(known => known.Uses[0].Block.Name == uses[0].Block.Name);
        var added = new BlockClass(others == 0 ? name : $"{name}{others + 1}", uses, sizes);
        foreach (var use in uses)
        {
            _uses.Add(use.Block, use);
            _byPath.Add(use.Block.Path, use);
            _classes.Add(use, added);
        }

        return true;
    }

    private void NameValues(NetworkProgram network, IReadOnlyList<Node> inference, NetworkPair? pair)
    {
        var all = inference.Concat(pair?.Forward ?? []).Concat(pair?.ParameterPart ?? []).Concat(pair?.InputPart ?? [])
            .Distinct().ToList();
        if (_uses.Count == 0)
        {
            foreach (var value in all.SelectMany(node => node.Outputs)) _tape[value] = NetworkPair.TapeMember(value);
            return;
        }

        var seen = new HashSet<Value>(
            _uses.Values.SelectMany(use => use.InferenceOutputs.Concat(use.Outputs).Concat(use.InputGradients)));
        var hints = new Dictionary<string, string>();
        foreach (var use in _uses.Values)
        {
            var outputs = use.InferenceOutputs.Concat(use.Outputs).Distinct().ToList();
            if (outputs.Count == 1) hints[outputs[0].Hint] = "block" + use.Block.Number;
        }

        foreach (var pairOf in hints.ToList())
            hints["d" + char.ToUpperInvariant(pairOf.Key[0]) + pairOf.Key.Substring(1)] = "dB" + pairOf.Value.Substring(1);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in all)
        {
            if (node.Operation.IsLeaf)
            {
                foreach (var value in node.Outputs)
                {
                    taken.Add(value.Name);
                    _tape[value] = NetworkPair.TapeMember(value);
                }

                continue;
            }

            var use = UseOf(node);
            foreach (var value in node.Outputs)
            {
                if (use is not null && use.Owned.Contains(value))
                    _tape[value] = $"{Property(use)}.{_scopes[use].TapeMember(value)}";
                if (use is not null && !seen.Contains(value)) continue;
                string hint = hints.TryGetValue(value.Hint, out string? block) ? block : value.Hint, name = hint;
                for (int i = 2; !taken.Add(name); i++) name = $"{hint}_{i}";
                _names.Add(value, name);
                if (!_tape.ContainsKey(value)) _tape[value] = Casing.Member(name) + (use is null ? "" : "Output");
            }
        }
    }
}
