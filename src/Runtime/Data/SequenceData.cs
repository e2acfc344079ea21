using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Labelled sequences of different lengths, of tokens or of vectors, kept without padding. A batch is padded to T places when it
/// is read, and has its lengths as a further input, as <c>[Lengths]</c> asks for them.
/// </summary>
/// <remarks>Tokens are padded by <see cref="Padding"/>, vectors by zeros, classes at places by -100 and numbers at places by
/// zeros.</remarks>
public sealed class SequenceData : ILabeledDataSource, IFurtherInputs, IDisposable
{
    private readonly Tensor _places;
    private readonly Tensor _labels;
    private readonly Tensor _starts;
    private readonly Tensor _lengths;
    private readonly bool _hasPlaceLabels;

    /// <summary>Sequences of tokens with a class each.</summary>
    /// <param name="sequences">One to T tokens each.</param>
    /// <param name="classes">The class of each sequence, or -100 for none.</param>
    /// <param name="places">T: how many places the model has.</param>
    /// <exception cref="ArgumentException">There is no sequence, one is empty or longer than T (the message names it), or the
    /// number of classes is another one.</exception>
    public SequenceData(IReadOnlyList<long[]> sequences, IReadOnlyList<long> classes, int places)
        : this(Flat(sequences, places), Of(classes, sequences), Counts(sequences, row => row.Length), false, places)
    {
    }

    /// <summary>Sequences of tokens with a class at each place.</summary>
    /// <param name="sequences">One to T tokens each.</param>
    /// <param name="classes">The classes of each sequence, as many as tokens, -100 for none.</param>
    /// <param name="places">T: how many places the model has.</param>
    /// <exception cref="ArgumentException">There is no sequence, one is empty or longer than T, or has another number of classes
    /// than of tokens (the message names it).</exception>
    public SequenceData(IReadOnlyList<long[]> sequences, IReadOnlyList<long[]> classes, int places)
        : this(Flat(sequences, places), Flat(Fitting(classes, sequences), places),
            Counts(sequences, row => row.Length), true, places)
    {
    }

    /// <summary>Sequences of vectors with a class each.</summary>
    /// <param name="sequences">[L, D] each, L of 1 to T, D the same for all; they are copied.</param>
    /// <param name="classes">The class of each sequence, or -100 for none.</param>
    /// <param name="places">T: how many places the model has.</param>
    /// <exception cref="ArgumentException">As of tokens, or a sequence is not [L, D].</exception>
    /// <exception cref="DataMismatchException">A number is infinite or NaN.</exception>
    public SequenceData(IReadOnlyList<Tensor> sequences, IReadOnlyList<long> classes, int places)
        : this(Flat(sequences, places), Of(classes, sequences), Counts(sequences, row => row.size(0)), false, places)
    {
    }

    /// <summary>Sequences of vectors with labels at each place.</summary>
    /// <param name="sequences">[L, D] each, L of 1 to T, D the same for all; they are copied.</param>
    /// <param name="labels">[L] int64 for classes, or [L, K] of real numbers for targets, of each sequence; they are
    /// copied.</param>
    /// <param name="places">T: how many places the model has.</param>
    /// <exception cref="ArgumentException">As of tokens, or a sequence is not [L, D].</exception>
    /// <exception cref="DataMismatchException">A number is infinite or NaN.</exception>
    public SequenceData(IReadOnlyList<Tensor> sequences, IReadOnlyList<Tensor> labels, int places)
        : this(Flat(sequences, places), Joined(labels, sequences),
            Counts(sequences, row => row.size(0)), true, places)
    {
    }

    private SequenceData(Tensor own, Tensor labels, long[] lengths, bool hasPlaceLabels, int places)
    {
        FiniteData.Require(own, "sequences");
        FiniteData.Require(labels, "labels");
        var starts = new long[lengths.Length];
        for (int i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + lengths[i - 1];
        (_places, _labels) = (own.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        (_lengths, _starts) = (tensor(lengths).DetachFromDisposeScope(), tensor(starts).DetachFromDisposeScope());
        (_hasPlaceLabels, Places, Lengths) = (hasPlaceLabels, places, lengths);
    }

    /// <summary>T: the places of a padded sequence.</summary>
    public long Places { get; }

    /// <summary>How many places of each sequence are its own.</summary>
    public IReadOnlyList<long> Lengths { get; }

    /// <summary>The token that stands behind the end of a sequence of tokens.</summary>
    public long Padding { get; init; }

    /// <summary>What the model's declaration calls the lengths.</summary>
    public string LengthsName { get; init; } = "lengths";

    /// <inheritdoc/>
    public long Count => Lengths.Count;

    /// <summary>Some sequences, padded.</summary>
    /// <param name="indices">Which, [B] int64 on the CPU.</param>
    /// <returns>[B, T] int64, or [B, T, D]; the caller disposes it.</returns>
    public Tensor ReadInputs(Tensor indices) => Padded(_places, indices, _places.dtype == ScalarType.Int64 ? Padding : 0);

    /// <summary>The labels of some sequences.</summary>
    /// <param name="indices">Which, [B] int64 on the CPU.</param>
    /// <returns>[B], or those of each place, padded, [B, T] int64 or [B, T, K]; the caller disposes it.</returns>
    public Tensor ReadLabels(Tensor indices) => !_hasPlaceLabels
        ? DisposedData.Require(_labels, this).index_select(0, indices)
        : Padded(_labels, indices, _labels.dtype == ScalarType.Int64 ? ClassLabels.None : 0);

    /// <summary>The lengths of some sequences.</summary>
    /// <param name="name"><see cref="LengthsName"/>.</param>
    /// <param name="indices">Which, [B] int64 on the CPU.</param>
    /// <returns>[B] int64; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Another name.</exception>
    public Tensor ReadInput(string name, Tensor indices) => name == LengthsName
        ? DisposedData.Require(_lengths, this).index_select(0, indices)
        : throw new ArgumentException(
            $"There is no input '{name}', but '{LengthsName}': write [Lengths(\"{LengthsName}\")], or set LengthsName.",
            nameof(name));

    /// <summary>Frees the sequences.</summary>
    public void Dispose()
    {
        _places.Dispose();
        _labels.Dispose();
        _starts.Dispose();
        _lengths.Dispose();
    }

    private Tensor Padded(Tensor own, Tensor indices, long padding)
    {
        ArgumentNullException.ThrowIfNull(indices);
        DisposedData.Require(own, this);
        using var scope = NewDisposeScope();
        var place = Aten.arange(0, Places).unsqueeze(0);
        var behind = place.ge(_lengths.index_select(0, indices).unsqueeze(1));
        var rows = Aten.masked_fill(Aten.add(_starts.index_select(0, indices).unsqueeze(1), place), behind, 0L);
        long[] inner = [.. own.shape.AsSpan(1)];
        var read = own.index_select(0, rows.reshape(-1)).reshape([indices.numel(), Places, .. inner]);
        var mask = inner.Length == 0 ? behind : behind.unsqueeze(2);
        return Aten.masked_fill(read, mask, padding).MoveToOuterDisposeScope();
    }

    private static Tensor Flat(IReadOnlyList<long[]> sequences, int places)
    {
        Require(sequences, places, row => row.Length);
        return tensor(sequences.SelectMany(row => row).ToArray());
    }

    private static Tensor Flat(IReadOnlyList<Tensor> sequences, int places)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        for (int i = 0; i < sequences.Count; i++)
        {
            var row = sequences[i];
            BatchPart.Require(row, $"sequence {i}");
            if (row.dim() == 2 && row.is_floating_point() && row.size(1) == sequences[0].size(1)) continue;
            throw new ArgumentException(
                $"Sequence {i} is [{string.Join(", ", row.shape)}] of {row.dtype}, but sequences are [L, D] of real numbers, "
                + "D the same for all.", nameof(sequences));
        }

        Require(sequences, places, row => row.size(0));
        return cat([.. sequences], 0);
    }

    private static Tensor Joined(IReadOnlyList<Tensor> labels, IReadOnlyList<Tensor> sequences)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireAsMany(sequences.Count, labels.Count);
        for (int i = 0; i < labels.Count; i++)
        {
            var row = labels[i];
            BatchPart.Require(row, $"labels of sequence {i}");
            if (row.dim() is not (1 or 2) || (row.dim() == 1) != (row.dtype == ScalarType.Int64)
                || (row.dtype != ScalarType.Int64 && !row.is_floating_point()))
            {
                throw new ArgumentException(
                    $"The labels of sequence {i} are [{string.Join(", ", row.shape)}] of {row.dtype}, but labels are [L] of "
                    + "Int64, or [L, K] of real numbers.", nameof(labels));
            }

            RequirePlaces(i, sequences[i].size(0), row.size(0));
        }

        return cat([.. labels], 0);
    }

    private static IReadOnlyList<long[]> Fitting(IReadOnlyList<long[]> classes, IReadOnlyList<long[]> sequences)
    {
        ArgumentNullException.ThrowIfNull(classes);
        RequireAsMany(sequences.Count, classes.Count);
        for (int i = 0; i < classes.Count; i++) RequirePlaces(i, sequences[i].Length, classes[i].Length);
        return classes;
    }

    private static void RequireAsMany(int sequences, int labels)
    {
        if (sequences != labels)
            throw new ArgumentException($"There are {sequences} sequences, but labels of {labels}.", nameof(labels));
    }

    private static void RequirePlaces(int row, long places, long labels)
    {
        if (places != labels)
            throw new ArgumentException($"Sequence {row} has {places} places, but {labels} labels.", nameof(labels));
    }

    private static void Require<T>(IReadOnlyList<T> sequences, int places, Func<T, long> length)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        if (sequences.Count == 0) throw new ArgumentException("There is no sequence.", nameof(sequences));
        for (int i = 0; i < sequences.Count; i++)
        {
            long own = length(sequences[i]);
            if (own >= 1 && own <= places) continue;
            string remedy = own == 0 ? "leave it out" : "cut it, or declare a model of more places";
            throw new ArgumentException(
                $"Sequence {i} has {own} places, but a sequence has 1 to {places}: {remedy}.", nameof(sequences));
        }
    }

    private static Tensor Of<T>(IReadOnlyList<long> classes, IReadOnlyList<T> sequences)
    {
        ArgumentNullException.ThrowIfNull(classes);
        RequireAsMany(sequences.Count, classes.Count);
        return tensor(classes.ToArray());
    }

    private static long[] Counts<T>(IReadOnlyList<T> sequences, Func<T, long> length) => [.. sequences.Select(length)];
}
