using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>Where the sequences of each value of a network end. What a sequence's own places hold must depend on them alone: of
/// an operation that is not known to keep places apart it is said that it does not.</summary>
internal static class EndsFlow
{
    /// <summary>Where a value's sequences end; null where it holds no padding. Known values are those of
    /// <see cref="NetworkProgram.Ends"/>, which grows by what was found.</summary>
    /// <param name="obstacle">Why padding reaches what is no padding; null where it does not.</param>
    public static SequenceEnds? Of(NetworkProgram network, Value value, out string? obstacle)
    {
        obstacle = null;
        try
        {
            return Find(network.Ends, value);
        }
        catch (Obstacle found)
        {
            obstacle = found.Message;
            return null;
        }
    }

    private static SequenceEnds? Find(Dictionary<Value, SequenceEnds?> known, Value value)
    {
        // Without recursion: a network can be thousands of operations deep.
        var open = new Stack<Value>([value]);
        while (open.Count > 0)
        {
            Value next = open.Peek();
            if (known.ContainsKey(next))
            {
                open.Pop();
                continue;
            }

            var unknown = next.Producer.Inputs.Where(input => !known.ContainsKey(input)).ToList();
            foreach (Value input in unknown) open.Push(input);
            if (unknown.Count > 0) continue;
            var inputs = next.Producer.Inputs.Select(input => known[input]).ToList();
            var ends = inputs.All(input => input is null) ? null : Through(next.Producer, inputs);
            foreach (Value output in next.Producer.Outputs.Where(output => !known.ContainsKey(output))) known.Add(output, ends);
            open.Pop();
        }

        return known[value];
    }

    private static SequenceEnds? Through(Node node, IReadOnlyList<SequenceEnds?> inputs)
    {
        if (node.Operation is Elementwise or Concatenate) return Joined(node, inputs);
        if (node.Operation is Embedding) return inputs[1];
        if (node.Operation is RepeatForSamples or KeyPadding or InverseLengths) return null;
        if (inputs[0] is not { } ends) throw new Obstacle("it reads them beside what it works on");
        int rank = node.Inputs[0].Shape.Rank, places = ends.Dimension;
        bool Leaves(int dimension) => (dimension < 0 ? rank + dimension : dimension) != places;
        switch (node.Operation)
        {
            case Graph.Operations.Activation or ReLU or PReLU or Scale or DivideBy or AddNumber or Square or Power or InverseRoot
                or Reciprocal or Exponential or Logarithm or SquareRoot or Absolute or Clamp or ClampMinimum or Dropout
                or DropoutOfParts or StopGradient or Contiguous or ClearBehindEnds or SineWave or CosineWave:
            case Linear when Leaves(-1):
            case LayerNormalization normalization when places < rank - normalization.Count:
            case FixedNormalization when Leaves(-1):
            case Roll when Leaves(-1):
            case Softmax softmax when Leaves(softmax.Dimension):
            case LogSoftmax logSoftmax when Leaves(logSoftmax.Dimension):
            case Slice slice when Leaves(slice.Dimension):
            case ReverseToEnds when places == 0:
            case Recurrence { Reverse: false } when places == 0:
                return ends;
            case Recurrence { Reverse: true }:
                throw new Obstacle("it would begin in the padding");
            case Unbind unbind when Leaves(unbind.Dimension):
                return ends with { Dimension = unbind.Dimension < places ? places - 1 : places };
            case Unsqueeze unsqueeze:
                return ends with { Dimension = unsqueeze.Dimension <= places ? places + 1 : places };
            case Squeeze squeeze:
                return ends with { Dimension = squeeze.Dimension < places ? places - 1 : places };
            case Permute permute:
                return ends with { Dimension = permute.Order.ToList().IndexOf(places) };
            case Reshape reshape when Moved(node.Inputs[0].Shape, reshape.Shape, places) is { } moved:
                return ends with { Dimension = moved };
            case Reshape:
                throw new Obstacle("it joins places with something else");
            case ReduceOver reduced when !reduced.Dimensions.Contains(places):
                return ends with
                {
                    Dimension = reduced.Keep ? places : places - reduced.Dimensions.Count(dimension => dimension < places),
                };
            case Sum sum when Leaves(sum.Dimension):
                return ends with { Dimension = sum.Dimension < places ? places - 1 : places };
            case LastOfEach last when last.Dimension == places:
            case Place { Index: 0 } when places == 1:
                return null;
            case Place when places == 1:
                throw new Obstacle("a sequence may end before that place: the first is Place(0), each one's own last Place(-1)");
            case BatchNormalization:
                throw new Obstacle("its statistics would count padding: normalise each place by itself");
            default:
                throw new Obstacle("it may mix places");
        }
    }

    /// <summary>Operands side by side: their places are the same ones.</summary>
    private static SequenceEnds Joined(Node node, IReadOnlyList<SequenceEnds?> inputs)
    {
        SequenceEnds? joined = null;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is not { } own) continue;
            int shift = node.Output.Shape.Rank - node.Inputs[i].Shape.Rank;
            var aligned = own with { Dimension = own.Dimension + shift };
            if (joined is not null && joined.Lengths != aligned.Lengths)
                throw new Obstacle("what it combines has ends of different lengths");
            if (joined is not null && joined.Dimension != aligned.Dimension)
                throw new Obstacle("what it combines has its places in different dimensions");
            joined = aligned;
        }

        return node.Operation is Concatenate concatenate && concatenate.Dimension == joined!.Dimension
            ? throw new Obstacle("what it puts behind a sequence would stand behind padding")
            : joined!;
    }

    /// <summary>Where the places are in another shape of the same elements; null where they are joined with something
    /// else.</summary>
    private static int? Moved(Shape from, Shape to, int places)
    {
        Dim before = Product(from, places);
        for (int i = 0; i < to.Rank; i++)
            if (to[i] == from[places] && Product(to, i) == before) return i;
        return null;
    }

    private static Dim Product(Shape shape, int count) =>
        shape.Dims.Take(count).Aggregate((Dim)1L, (product, dim) => product * dim);

    private sealed class Obstacle(string reason) : Exception(reason);
}
