using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>
/// Lets the products and convolutions of a network's layers take factors of 16 bits: what they read is rounded, once for all that
/// read it in a block, and what they give is read with 32 bits, where a bias is added. Derivatives are those of this computation:
/// their products have 16 bits too, and a gradient is rounded where it enters one.
/// </summary>
internal sealed class MixPrecision
{
    private readonly NetworkProgram _network;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<(Value, NetworkBlock?), Value> _rounded = [];

    private MixPrecision(NetworkProgram network) => _network = network;

    /// <summary>Whether there is a product that it would change.</summary>
    public static bool HasProducts(NetworkProgram network) =>
        network.Computation.Nodes.Any(node => network.LayerOf(node) is { } layer && IsProduct(node, layer));

    public static void Run(NetworkProgram network)
    {
        if (!network.IsMixed || network.Computation.Nodes.Any(node => node.Operation is RoundToBFloat16)) return;
        new MixPrecision(network).Run();
        foreach (var body in network.Methods.Select(method => method.Body).OfType<NetworkProgram>())
            new MixPrecision(body).Run();
    }

    private void Run()
    {
        var computation = _network.Computation;
        var before = new Dictionary<Node, IReadOnlyList<Node>>();
        foreach (var node in computation.Nodes.ToList())
        {
            int first = _nodes.Count;
            if (_network.LayerOf(node) is { } layer && IsProduct(node, layer))
            {
                Mix(node, layer.Block);
                before.Add(node, [.. _nodes.Skip(first).Where(added => !IsOfState(added))]);
            }

            _nodes.Add(node);
        }

        computation.Replace(_nodes);
        computation.Section = null;
        for (int i = 0; i < _network.Layers.Count; i++)
        {
            var layer = _network.Layers[i];
            if (!layer.Nodes.Any(before.ContainsKey)) continue;
            _network.Layers[i] = layer with
            {
                Nodes = [.. layer.Nodes.SelectMany(node =>
                    before.TryGetValue(node, out var added) ? added.Append(node) : [node])],
            };
        }
    }

    // What is written out in the body of a method is the user's, and stays as it is.
    private static bool IsProduct(Node node, NetworkLayer layer) =>
        layer.Declaration is not null && node.Operation is Linear or BatchedProduct or Convolution;

    // A weight is rounded once for all samples: it is not what one of them costs.
    private static bool IsOfState(Node node) => node.Operation is RoundToBFloat16
        && node.Inputs[0].Producer.Operation is Leaf and not Input;

    private void Mix(Node node, NetworkBlock? block)
    {
        bool hasBias = node.Operation is not BatchedProduct && node.Inputs.Count > 2;
        Value a = Rounded(node.Inputs[0], node.Section, block), b = Rounded(node.Inputs[1], node.Section, block);
        List<Value> read = [Add(node.Operation, node.Output.Hint + "Rounded", node.Section, a, b)];
        if (hasBias) read.Add(node.Inputs[2]);
        node.Become(new WidenBFloat16(hasBias && node.Operation is Convolution ? 1 : -1), read);
    }

    private Value Rounded(Value value, string? section, NetworkBlock? block)
    {
        var producer = value.Producer;
        if (producer.Operation is WidenBFloat16 && producer.Inputs.Count == 1) return producer.Inputs[0];
        if (_rounded.TryGetValue((value, block), out var known)) return known;

        // Another order of dimensions is one of what is rounded, too: derivatives of products look through it.
        Value rounded = producer.Operation is Permute
            ? Add(producer.Operation, value.Hint + "Rounded", section, Rounded(producer.Inputs[0], section, block))
            : Add(new RoundToBFloat16(), value.Hint + "Rounded", section, value);
        _rounded.Add((value, block), rounded);
        return rounded;
    }

    private Value Add(Operation operation, string name, string? section, params Value[] inputs)
    {
        _network.Computation.Section = section;
        Value added = _network.Computation.Add(operation, name, inputs);
        _nodes.Add(added.Producer);
        return added;
    }
}
