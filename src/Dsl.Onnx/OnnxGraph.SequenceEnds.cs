using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <content>Sequences of different lengths [N] int64, as <see cref="SequenceEnds"/> has them.</content>
public sealed partial class OnnxGraph
{
    /// <summary>Zeros behind the end of each sequence.</summary>
    /// <param name="x">The batch in front.</param>
    /// <param name="lengths">[N].</param>
    /// <param name="dimension">The dimension that counts places.</param>
    /// <param name="shape">The shape of <paramref name="x"/>, with −1 for N.</param>
    /// <param name="zero">0 in the type of <paramref name="x"/>; null where it is real.</param>
    public OnnxValue ClearBehindEnds(
        OnnxValue x, OnnxValue lengths, int dimension, ReadOnlySpan<long> shape, OnnxValue? zero = null)
    {
        long[] sizes = [.. Enumerable.Repeat(1L, shape.Length)];
        (sizes[0], sizes[dimension]) = (-1, shape[dimension]);
        var inside = Node("Reshape", Inside(lengths, shape[dimension]), List(sizes));
        return Node("Where", inside, x, zero ?? Number(0));
    }

    /// <summary>What is added to scores: 0 for a sequence's own keys, −∞ for those behind its end.</summary>
    /// <param name="lengths">[N].</param>
    /// <param name="places">S, the places of keys.</param>
    /// <param name="heads">How many heads a sample has.</param>
    /// <returns>[N·heads, 1, S].</returns>
    public OnnxValue KeyPadding(OnnxValue lengths, long places, long heads)
    {
        var scores = Node("Where", Inside(lengths, places), Number(0), Number(double.NegativeInfinity));
        var each = Node("Tile", Node("Unsqueeze", scores, List(1)), List(1, heads, 1));
        return Node("Reshape", each, List(-1, 1, places));
    }

    /// <summary>Each sequence's own last place.</summary>
    /// <param name="x">[N, T, D], or [T, N, D].</param>
    /// <param name="lengths">[N].</param>
    /// <param name="dimension">The dimension that counts places: 1 or 0.</param>
    /// <returns>[N, D].</returns>
    public OnnxValue LastOfEach(OnnxValue x, OnnxValue lengths, int dimension)
    {
        var samples = dimension == 1 ? x : Node("Transpose", x).With("perm", [1, 0, 2]);
        var last = Node("Unsqueeze", Node("Sub", lengths, Index(1)), List(1));
        return Node("GatherND", samples, last).With("batch_dims", 1);
    }

    /// <summary>One over each length, [N, 1].</summary>
    /// <param name="lengths">[N].</param>
    public OnnxValue InverseLengths(OnnxValue lengths) =>
        Node("Unsqueeze", Node("Reciprocal", Real(lengths)), List(1));

    /// <summary>Lengths of sequences that got more places in front, [N].</summary>
    /// <param name="lengths">[N].</param>
    /// <param name="places">How many.</param>
    public OnnxValue Longer(OnnxValue lengths, long places) => Node("Add", lengths, Index(places));

    /// <summary>Whether a place is its sequence's own, [N, T].</summary>
    private OnnxValue Inside(OnnxValue lengths, long places)
    {
        var place = Constant($"/places 1, {places}", Aten.arange(0, places, CPU).unsqueeze(0));
        return Node("Less", place, Node("Unsqueeze", lengths, List(1)));
    }
}
