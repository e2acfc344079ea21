using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>
/// A network of sequences [N, T, ...] as a computation of one place, with what it needs of those before kept between calls:
/// keys and values of attention, states of recurrences. It exists where a place depends on itself and earlier ones alone.
/// </summary>
internal sealed class Stepwise
{
    private const string CausalMask = "_causalMask";

    private readonly long _places;
    private readonly Dictionary<Value, Value> _values = [];
    private readonly Dictionary<Value, Places> _known = [];

    private Stepwise(NetworkProgram network, IEnumerable<Node> inference)
    {
        Value input = network.Input;
        if (network.Inputs.Count != 1 || network.Results.Count != 1)
            throw new Obstacle(null, "it has more than one input or output");
        if (input.Shape.Rank < 2) throw new Obstacle(null, $"it takes {input.Shape}, which has no places");
        _places = input.Shape[1].Factor;
        foreach (var node in inference)
        {
            try
            {
                Computation.Section = node.Section;
                Add(node, input);
            }
            catch (Obstacle obstacle) when (obstacle.Node is null)
            {
                throw new Obstacle(node, obstacle.Message);
            }
        }

        Value result = network.Results[0].Value;
        Result = _values[result];
        if (_known[Result] is not { AtHand: 1, UpToHand: null })
            throw new Obstacle(null, $"it returns {result.Shape}, which has no place of its own for each place that comes in");
    }

    /// <summary>From the place's input to its output.</summary>
    public Computation Computation { get; } = new();

    /// <summary>What the network returns for the place.</summary>
    public Value Result { get; }

    /// <summary>The computation of a place; null with the reason, and the operation that is it, where there is none.</summary>
    /// <param name="inference">The operations of <c>forward</c>.</param>
    public static Stepwise? Of(NetworkProgram network, IEnumerable<Node> inference, out string reason, out Node? obstacle)
    {
        (reason, obstacle) = ("", null);
        try
        {
            return new Stepwise(network, inference);
        }
        catch (Obstacle found)
        {
            (reason, obstacle) = (found.Message, found.Node);
            return null;
        }
    }

    private void Add(Node node, Value input)
    {
        if (node.Operation is Leaf leaf)
        {
            bool isInput = node.Outputs.Contains(input);
            Value added = Computation.Add(
                isInput ? new Input(leaf.Member, leaf.Type with { Shape = leaf.Type.Shape.With(1, 1) }) : leaf, node.Output.Hint);
            Set(node.Output, added, isInput ? new Places(1) : default);
            return;
        }

        Value[] given = [.. node.Inputs.Select(value => _values[value])];
        if (given.All(value => _known[value] == default))
        {
            Keep(node, node.Operation, given, default);
            return;
        }

        switch (node.Operation)
        {
            case Elementwise elementwise:
                AddElementwise(node, elementwise, given);
                break;
            case BatchedProduct product:
                AddProduct(node, product, given);
                break;
            case Recurrence { Reverse: false } recurrence when Of(given[0]) is { AtHand: 0, UpToHand: null }:
                Keep(node, new RecurrentStep(Slot(), recurrence), given, new Places(0));
                break;
            default:
                var (operation, places) = Along(node, Of(given[0]));
                if (given.Skip(1).Any(value => Of(value) != default) && node.Operation is not (Embedding or Concatenate))
                    throw new Obstacle(null, "further operands depend on places");
                Keep(node, operation, given, places);
                break;
        }
    }

    /// <summary>The operation for a place, and where its places are: those that treat every place alike.</summary>
    private (Operation, Places) Along(Node node, Places places)
    {
        int rank = node.Inputs[0].Shape.Rank, atHand = places.AtHand ?? -1;
        bool Leaves(int dimension) => (dimension < 0 ? rank + dimension : dimension) != atHand;
        bool hasKeys = places.UpToHand is not null;
        switch (node.Operation)
        {
            case Graph.Operations.Activation or ReLU or Scale or DivideBy or Square or AddNumber or Clamp or ClampMinimum
                or Exponential or Absolute or SquareRoot or InverseRoot or Reciprocal or Power or Dropout
                or StandardNoise or PReLU or Contiguous or RoundToBFloat16 or WidenBFloat16 { Channels: -1 }:
                return (node.Operation, places);
            case Softmax softmax when Leaves(softmax.Dimension):
                return (softmax, places);
            case LogSoftmax softmax when Leaves(softmax.Dimension) && !hasKeys:
                return (softmax, places);
            case Linear when atHand < rank - 1 && !hasKeys:
                return (node.Operation, places);
            case Embedding embedding when Of(_values[node.Inputs[1]]) is { AtHand: 1 } ofIndices:
                return (embedding, ofIndices);
            case LayerNormalization normalization when atHand < rank - normalization.Count && !hasKeys:
                return (normalization, places);
            case FixedNormalization when atHand < rank - 1 && !hasKeys:
                return (node.Operation, places);
            case Roll when atHand < rank - 1 && !hasKeys:
                return (node.Operation, places);
            case Slice slice when Leaves(slice.Dimension) && !hasKeys:
                return (slice, places);
            case Concatenate concatenate when Leaves(concatenate.Dimension) && !hasKeys
                && node.Inputs.All(value => Of(_values[value]) == places):
                return (concatenate, places);
            case Unbind unbind when Leaves(unbind.Dimension) && !hasKeys:
                return (unbind, new Places(unbind.Dimension < atHand ? atHand - 1 : atHand));
            case Unsqueeze unsqueeze when !hasKeys:
                return (unsqueeze, new Places(unsqueeze.Dimension <= atHand ? atHand + 1 : atHand));
            case SumOver sum when !sum.Dimensions.Contains(atHand) && !hasKeys:
                return (sum, Without(sum));
            case MeanOver mean when !mean.Dimensions.Contains(atHand) && !hasKeys:
                return (mean, Without(mean));
            case Permute permute when !hasKeys:
                return (permute, new Places(permute.Order.ToList().IndexOf(atHand)));
            case Reshape reshape when !hasKeys:
                int moved = Moved(node.Inputs[0].Shape, reshape.Shape, atHand);
                return (new Reshape(reshape.Shape.With(moved, 1)), new Places(moved));
            default:
                throw new Obstacle(null, "it may mix places");
        }

        Places Without(ReduceOver reduced) =>
            new(reduced.Keep ? atHand : atHand - reduced.Dimensions.Count(dimension => dimension < atHand));
    }

    /// <summary>Where the places are in another shape of the same elements.</summary>
    private int Moved(Shape from, Shape to, int atHand)
    {
        Dim before = Product(from, atHand);
        for (int i = 0; i < to.Rank; i++)
            if (to[i] == (Dim)_places && Product(to, i) == before) return i;
        throw new Obstacle(null, "it joins places with something else");
    }

    private static Dim Product(Shape shape, int count) =>
        shape.Dims.Take(count).Aggregate((Dim)1L, (product, dim) => product * dim);

    /// <summary>Two operands: of one that belongs to no place, the part for the place at hand.</summary>
    private void AddElementwise(Node node, Elementwise operation, Value[] given)
    {
        int rank = node.Output.Shape.Rank;
        Places places = default;
        for (int i = 0; i < 2; i++)
        {
            int shift = rank - node.Inputs[i].Shape.Rank;
            var own = Of(given[i]);
            if (own == default) continue;
            var aligned = new Places(own.AtHand + shift, own.UpToHand + shift, own.IsMasked);
            if (places != default && (places.AtHand != aligned.AtHand || places.UpToHand != aligned.UpToHand))
                throw new Obstacle(null, "its operands have their places in different dimensions");
            places = aligned with { IsMasked = aligned.IsMasked || places.IsMasked };
        }

        for (int i = 0; i < 2; i++)
        {
            if (Of(given[i]) != default) continue;
            Value constant = node.Inputs[i];
            int shift = rank - constant.Shape.Rank;
            if (places.AtHand is { } atHand && atHand >= shift && constant.Shape[atHand - shift] == (Dim)_places && _places > 1)
                given[i] = Computation.Add(new PlaceAtHand(atHand - shift), constant.Hint + "AtHand", given[i]);
            if (places.UpToHand is { } upTo && upTo >= shift && constant.Shape[upTo - shift] == (Dim)_places && _places > 1)
                given[i] = Computation.Add(new PlacesUpToHand(upTo - shift), constant.Hint + "UpToHand", given[i]);
            if (constant.Producer.Operation is Table table && table.Member.StartsWith(CausalMask, StringComparison.Ordinal))
                places = places with { IsMasked = true };
        }

        Keep(node, operation, given, places);
    }

    /// <summary>Scores of the place at hand with all keys so far, or the mean of all values so far.</summary>
    private void AddProduct(Node node, BatchedProduct operation, Value[] given)
    {
        var (left, right) = (Of(given[0]), Of(given[1]));
        if (left is not { AtHand: 1 }) throw new Obstacle(null, "it may mix places");
        if (left.UpToHand is null && right == default)
        {
            Keep(node, operation, given, left);
            return;
        }

        bool isScore = left.UpToHand is null && right is { AtHand: 2, UpToHand: null },
        isMean = left.UpToHand == 2 && right is { AtHand: 1, UpToHand: null };
        if (isMean && !left.IsMasked) throw new Obstacle(null, "it sees later places: write Causal = true");
        if (!isScore && !isMean) throw new Obstacle(null, "it may mix places");
        given[1] = Computation.Add(
            new CachedPlaces(Slot(), isScore ? 2 : 1, _places), node.Inputs[1].Hint + "SoFar", given[1]);
        Keep(node, operation, given, new Places(1, isScore ? 2 : null));
    }

    private int Slot() =>
        Computation.Nodes.Count(node => node.Operation is CachedPlaces or RecurrentStep);

    private void Keep(Node node, Operation operation, Value[] given, Places places)
    {
        string[] names = [.. node.Outputs.Select(value => value.Hint)];
        var results = Computation.AddMany(operation, names, given);
        for (int i = 0; i < results.Count; i++) Set(node.Outputs[i], results[i], places);
    }

    private void Set(Value original, Value value, Places places)
    {
        _values[original] = value;
        _known[value] = places;
    }

    private Places Of(Value value) => _known[value];

    /// <summary>Where a value has places.</summary>
    /// <param name="AtHand">The dimension that has the place at hand alone; null for a value that belongs to no place.</param>
    /// <param name="UpToHand">The dimension of all places so far; null for none.</param>
    /// <param name="IsMasked">Whether later ones were hidden in it.</param>
    private readonly record struct Places(int? AtHand, int? UpToHand = null, bool IsMasked = false);

    private sealed class Obstacle(Node? node, string reason) : Exception(reason)
    {
        public Node? Node { get; } = node;
    }
}
