using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Sequences of different lengths in one tensor: how many places of each are its own stands in lengths [N] int64, each in
/// 1, ..., T. What lies behind a sequence's end is padding.
/// </summary>
public static class SequenceEnds
{
    /// <summary>Zeros behind the end of each sequence, whatever stood there.</summary>
    /// <param name="x">The batch in front; of any type.</param>
    /// <param name="lengths">[N].</param>
    /// <param name="dimension">The dimension that counts places, at least 1.</param>
    /// <returns>The shape of <paramref name="x"/>; the caller frees it.</returns>
    public static Tensor Clear(Tensor x, Tensor lengths, int dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        long[] shape = Enumerable.Repeat(1L, (int)x.dim()).ToArray();
        (shape[0], shape[dimension]) = (x.size(0), x.size(dimension));
        return Aten.masked_fill(x, Padding(lengths, x.size(dimension)).reshape(shape), 0L).MoveToOuterDisposeScope();
    }

    /// <summary>What is added to scores of attention: 0 for a sequence's own keys, −∞ for those behind its end.</summary>
    /// <param name="lengths">[N].</param>
    /// <param name="keys">[N·heads, S, D]: how many there are, and of what type.</param>
    /// <param name="heads">How many heads a sample has.</param>
    /// <returns>[N·heads, 1, S]; the caller frees it.</returns>
    public static Tensor KeyPadding(Tensor lengths, Tensor keys, long heads)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var padding = Padding(lengths, keys.size(1));
        var none = zeros(padding.shape, keys.dtype, keys.device);
        return Aten.masked_fill(none, padding, double.NegativeInfinity)
            .unsqueeze(1).repeat_interleave(heads, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The own places of each sequence in the opposite order; what lies behind its end stays where it is.</summary>
    /// <param name="x">[T, N, D].</param>
    /// <param name="lengths">[N].</param>
    /// <returns>[T, N, D]; the caller frees it. The same again gives <paramref name="x"/> back.</returns>
    public static Tensor Reverse(Tensor x, Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(lengths);
        using var scope = NewDisposeScope();
        long places = x.size(0), samples = x.size(1);
        var place = Aten.arange(0, places, x.device).unsqueeze(1);
        var mirrored = Aten.sub(lengths.unsqueeze(0) - place, 1L);
        var from = where(Aten.ge(mirrored, 0L), mirrored, place.expand(places, samples));
        var rows = Aten.add(Aten.mul(from, samples), Aten.arange(0, samples, x.device));
        return x.reshape(places * samples, -1).index_select(0, rows.reshape(-1)).reshape(x.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Each sequence's own last place.</summary>
    /// <param name="x">[N, T, D], or [T, N, D].</param>
    /// <param name="lengths">[N].</param>
    /// <param name="dimension">The dimension that counts places: 1 or 0.</param>
    /// <returns>[N, D]; the caller frees it.</returns>
    public static Tensor Last(Tensor x, Tensor lengths, int dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(lengths);
        using var scope = NewDisposeScope();
        var rows = LastRows(lengths, x.size(dimension), dimension);
        return x.reshape(-1, x.size(2)).index_select(0, rows).MoveToOuterDisposeScope();
    }

    /// <summary>A gradient at each sequence's own last place, and zeros elsewhere.</summary>
    /// <param name="gradient">[N, D].</param>
    /// <param name="lengths">[N].</param>
    /// <param name="places">T.</param>
    /// <param name="dimension">1 for [N, T, D], 0 for [T, N, D].</param>
    /// <returns>As <paramref name="dimension"/> says; the caller frees it.</returns>
    public static Tensor LastGradient(Tensor gradient, Tensor lengths, long places, long dimension)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(lengths);
        using var scope = NewDisposeScope();
        long samples = gradient.size(0), features = gradient.size(1);
        var whole = gradient.new_zeros([samples * places, features]);
        var rows = LastRows(lengths, places, dimension);
        long[] shape = dimension == 0 ? [places, samples, features] : [samples, places, features];
        return whole.index_copy_(0, rows, gradient).reshape(shape).MoveToOuterDisposeScope();
    }

    /// <summary>One over each length.</summary>
    /// <param name="lengths">[N].</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, 1]; the caller frees it.</returns>
    public static Tensor InverseLengths(Tensor lengths, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(like);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return lengths.to_type(like.dtype).reciprocal().unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Lengths of sequences that got more places in front.</summary>
    /// <param name="lengths">[N].</param>
    /// <param name="places">How many.</param>
    /// <returns>[N]; the caller frees it.</returns>
    public static Tensor Longer(Tensor lengths, long places) => Aten.add(lengths, places);

    /// <summary>Labels of which those behind a sequence's end are none, -100, whatever stood there.</summary>
    /// <param name="labels">[N, T] int64.</param>
    /// <param name="lengths">[N].</param>
    /// <returns>[N, T]; the caller frees it.</returns>
    public static Tensor Labels(Tensor labels, Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        return Aten.masked_fill(labels, Padding(lengths, labels.size(1)), ClassLabels.None).MoveToOuterDisposeScope();
    }

    /// <summary>How many own places all sequences have. It waits for the device.</summary>
    /// <param name="lengths">[N].</param>
    public static long Count(Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        using var sum = lengths.sum();
        return Aten.item_int64(sum);
    }

    /// <summary>The own places of all sequences, one sequence behind the other. Counting them waits for the device.</summary>
    /// <param name="x">[N, T, ...].</param>
    /// <param name="lengths">[N].</param>
    /// <returns>[P, ...] with P the sum of the lengths; the caller frees it.</returns>
    public static Tensor Pack(Tensor x, Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        return x.flatten(0, 1).index_select(0, OwnRows(lengths, x.size(1))).MoveToOuterDisposeScope();
    }

    /// <summary>Gradients of packed places where these came from, and zeros behind the ends.</summary>
    /// <param name="gradient">[P, ...].</param>
    /// <param name="lengths">[N].</param>
    /// <param name="places">T.</param>
    /// <returns>[N, T, ...]; the caller frees it.</returns>
    public static Tensor PackGradient(Tensor gradient, Tensor lengths, long places)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(lengths);
        using var scope = NewDisposeScope();
        long samples = lengths.size(0);
        long[] inner = [.. gradient.shape.AsSpan(1)];
        var whole = gradient.new_zeros([samples * places, .. inner]);
        return whole.index_copy_(0, OwnRows(lengths, places), gradient)
            .reshape([samples, places, .. inner]).MoveToOuterDisposeScope();
    }

    /// <summary>Refuses lengths that no sequence of so many places has. On a GPU their range is left to libtorch: reading them
    /// would wait for it.</summary>
    /// <param name="model">Who takes them.</param>
    /// <param name="input">What the declaration calls them.</param>
    /// <param name="lengths">What came.</param>
    /// <param name="places">T: the places of a sequence.</param>
    /// <exception cref="DataMismatchException">Another shape or type, or a length outside of 1, ..., T.</exception>
    public static void Require(nn.Module model, string input, Tensor lengths, long places)
    {
        ModelInput.RequireIndices(model, input, lengths, ModelInput.Any);
        if (lengths.device_type != TorchSharp.DeviceType.CPU) return;
        using var copy = lengths.is_contiguous() ? null : lengths.contiguous();
        var numbers = MemoryMarshal.Cast<byte, long>((copy ?? lengths).bytes);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 1 && numbers[i] <= places) continue;
            throw new DataMismatchException(
                $"{model.GetName()} was given the length {numbers[i]} at place {i} of '{input}': a sequence has 1 to {places} "
                + "places of its own. Leave out empty sequences, and cut those that are longer.");
        }
    }

    /// <summary>Whether a place lies behind the end of its sequence, [N, T].</summary>
    private static Tensor Padding(Tensor lengths, long places)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        using var place = Aten.arange(0, places, lengths.device);
        using var columns = lengths.unsqueeze(1);
        return place.ge(columns);
    }

    /// <summary>Where the last places stand among the rows of all places.</summary>
    private static Tensor LastRows(Tensor lengths, long places, long dimension)
    {
        long samples = lengths.size(0);
        using var last = Aten.sub(lengths, 1L);
        using var sample = Aten.arange(0, samples, lengths.device);
        if (dimension == 0)
        {
            using var starts = Aten.mul(last, samples);
            return Aten.add(starts, sample);
        }

        using var firsts = Aten.mul(sample, places);
        return Aten.add(firsts, last);
    }

    private static Tensor OwnRows(Tensor lengths, long places) =>
        Padding(lengths, places).logical_not().reshape(-1).nonzero().reshape(-1);
}
