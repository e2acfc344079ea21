using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>The operations of a network's methods by the uses of blocks in which they stand.</summary>
internal sealed class NetworkNodes
{
    private readonly Dictionary<string, NetworkLayer> _layers = [];

    /// <param name="inference">The operations of <c>forward</c>.</param>
    /// <param name="pair">Those of <c>Forward</c> and <c>Backward</c>; null where there is no such pair.</param>
    public NetworkNodes(NetworkProgram network, IReadOnlyList<Node> inference, NetworkPair? pair)
    {
        foreach (var layer in network.Layers) _layers[layer.Section] = layer;
        Inference = new Method(this, inference);
        Forward = new Method(this, pair?.Forward ?? []);
        Backward = new Method(this, pair?.ParameterPart ?? []);
        Input = new Method(this, pair?.InputPart ?? []);
    }

    public Method Inference { get; }

    public Method Forward { get; }

    /// <summary>The part of the backward pass for the parameters' gradients.</summary>
    public Method Backward { get; }

    /// <summary>The part of the backward pass for the input's gradient alone.</summary>
    public Method Input { get; }

    /// <summary>The layer that an operation, a backward one too, belongs to.</summary>
    public NetworkLayer? LayerOf(Node node) =>
        node.Section is { } section && _layers.TryGetValue(section, out var layer) ? layer : null;

    /// <summary>Whether an operation stands in a use of a block.</summary>
    public bool IsIn(Node node, NetworkBlock block)
    {
        if (node.Operation.IsLeaf) return false;
        for (var around = LayerOf(node)?.Block; around is not null; around = around.Outer)
            if (around == block) return true;
        return false;
    }

    /// <summary>The operations of one method, in order.</summary>
    internal sealed class Method
    {
        private readonly Dictionary<NetworkBlock, List<int>> _places = [];
        private readonly Dictionary<Value, List<Node>> _uses = [];

        public Method(NetworkNodes network, IReadOnlyList<Node> nodes)
        {
            Nodes = nodes.Where(node => !node.Operation.IsLeaf).ToList();
            for (int i = 0; i < Nodes.Count; i++)
            {
                foreach (var value in Nodes[i].Inputs.Distinct())
                {
                    if (!_uses.TryGetValue(value, out var uses)) _uses.Add(value, uses = []);
                    uses.Add(Nodes[i]);
                }

                for (var block = network.LayerOf(Nodes[i])?.Block; block is not null; block = block.Outer)
                {
                    if (!_places.TryGetValue(block, out var places)) _places.Add(block, places = []);
                    places.Add(i);
                }
            }
        }

        public IReadOnlyList<Node> Nodes { get; }

        /// <summary>The operations that read a value.</summary>
        public IReadOnlyList<Node> Uses(Value value) => _uses.TryGetValue(value, out var uses) ? uses : [];

        /// <summary>The operations of a use of a block; null when others stand between them.</summary>
        public IReadOnlyList<Node>? Of(NetworkBlock block)
        {
            if (!_places.TryGetValue(block, out var places)) return [];
            return places[places.Count - 1] - places[0] + 1 == places.Count ? places.Select(place => Nodes[place]).ToList()
                : null;
        }
    }
}
