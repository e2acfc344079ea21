using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class SequenceDataTests
{
    [Fact]
    public void Tokens_are_padded_when_they_are_read()
    {
        using var data = new SequenceData([[5, 6], [7], [1, 2, 3]], [0, -100, 1], places: 4) { Padding = 9 };
        using var indices = tensor(new long[] { 2, 0, 1 });
        Assert.Equal(3, data.Count);
        Equal([1, 2, 3, 9, 5, 6, 9, 9, 7, 9, 9, 9], data.ReadInputs(indices));
        Equal([1, 0, -100], data.ReadLabels(indices));
        Equal([3, 2, 1], data.ReadInput("lengths", indices));
        Assert.Equal([3, 4], data.ReadInputs(indices).shape);
    }

    [Fact]
    public void Classes_at_places_are_padded_by_none()
    {
        using var data = new SequenceData([[5, 6], [7]], [[1, 0], [-100]], places: 3);
        using var indices = tensor(new long[] { 0, 1 });
        Equal([5, 6, 0, 7, 0, 0], data.ReadInputs(indices));
        Equal([1, 0, -100, -100, -100, -100], data.ReadLabels(indices));
    }

    [Fact]
    public void Vectors_and_numbers_are_padded_by_zeros()
    {
        Tensor first = ones(2, 2), second = ones(1, 2).mul(2), targets = ones(2, 1).mul(3), other = ones(1, 1).mul(4);
        using var data = new SequenceData([first, second], [targets, other], places: 3) { LengthsName = "counts" };
        using var indices = tensor(new long[] { 1, 0 });
        Assert.Equal([2f, 2f, 0f, 0f, 0f, 0f, 1f, 1f, 1f, 1f, 0f, 0f], data.ReadInputs(indices).data<float>().ToArray());
        Assert.Equal([4f, 0f, 0f, 3f, 3f, 0f], data.ReadLabels(indices).data<float>().ToArray());
        Equal([1, 2], data.ReadInput("counts", indices));
        var error = Assert.Throws<ArgumentException>(() => data.ReadInput("lengths", indices));
        Assert.StartsWith("There is no input 'lengths', but 'counts'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_its_row()
    {
        long[][] rows = [[1, 2], [], [1, 2, 3, 4]];
        Refused("Sequence 1 has 0 places, but a sequence has 1 to 4: leave it out.", () => new SequenceData(rows, [0, 0, 0], 4));
        rows[1] = [3];
        Refused("Sequence 2 has 4 places, but a sequence has 1 to 3: cut it, or declare a model of more places.",
            () => new SequenceData(rows, [0, 0, 0], 3));
        Refused("There are 3 sequences, but labels of 2.", () => new SequenceData(rows, [0, 0], 4));
        Refused("Sequence 1 has 1 places, but 2 labels.", () => new SequenceData(rows, [[0, 0], [0, 0], [0, 0, 0, 0]], 4));
        Refused("There is no sequence.", () => new SequenceData(Array.Empty<long[]>(), Array.Empty<long>(), 4));
        Tensor vectors = ones(2, 3), narrow = ones(2, 2), labels = zeros([3], ScalarType.Int64);
        Refused("Sequence 1 is [2, 2] of Float32, but sequences are [L, D] of real numbers, D the same for all.",
            () => new SequenceData([vectors, narrow], [0, 0], 4));
        Refused("Sequence 0 has 2 places, but 3 labels.", () => new SequenceData([vectors], [labels], 4));
        Refused("The labels of sequence 0 are [2, 3, 1] of Float32, but labels are [L] of Int64, or [L, K] of real numbers.",
            () => new SequenceData([vectors], [ones(2, 3, 1)], 4));
    }

    [Fact]
    public void Every_sequence_is_there_once_an_epoch_and_less_is_padding()
    {
        var random = new Random(3);
        long[] lengths = [.. Enumerable.Range(0, 1003).Select(_ => Math.Min(100, 1 - (20 * Math.Log(1 - random.NextDouble()))))
            .Select(length => (long)length)];
        double whole = Padding(lengths, pool: 1, out _), sorted = Padding(lengths, pool: 20, out var batches);
        Assert.Equal(32, batches.Length);
        Assert.Equal(Enumerable.Range(0, 1003).Select(i => (long)i), batches.SelectMany(batch => batch).Order());
        Assert.InRange(whole, 0.6, 1);
        Assert.InRange(sorted, 0, 0.2);
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_step()
    {
        long[] lengths = [.. Enumerable.Range(0, 50).Select(i => (long)(1 + (i * 7 % 11)))];
        using var first = new LengthSampler(lengths, 8, 3, dropLast: true, seed: 4);
        using var second = new LengthSampler(lengths, 8, 3, dropLast: true, seed: 4);
        using var other = new LengthSampler(lengths, 8, 3, dropLast: true, seed: 5);
        Assert.Equal(6, first.BatchesPerEpoch);
        long[] late = Read(first, 8), early = Read(first, 1);
        Assert.Equal(late, Read(second, 8));
        Assert.Equal(early, Read(second, 1));
        Assert.NotEqual(early, Read(other, 1));
        Assert.NotEqual(early, Read(first, 7));
        Assert.All(Enumerable.Range(0, 6), step => Assert.Equal(8, Read(first, step).Length));
    }

    [Fact]
    public void Lengths_of_another_form_are_refused()
    {
        using var data = new InMemoryData(zeros(3, 4), zeros([3], ScalarType.Int64)).With("lengths", ones(3));
        var error = Assert.Throws<DataMismatchException>(() => LengthSampler.Of(data, "lengths", 2, 1, false, 0));
        Assert.Equal("'lengths' of 3 sequences is [3] of Float32, but lengths are [3] of Int64.", error.Message);
    }

    // The places of the longest sequence of each batch that are not the others' own.
    private static double Padding(long[] lengths, int pool, out long[][] batches)
    {
        using var sampler = new LengthSampler(lengths, 32, pool, dropLast: false, seed: 1);
        batches = [.. Enumerable.Range(0, (int)sampler.BatchesPerEpoch).Select(step => Read(sampler, step))];
        double places = batches.Sum(batch => batch.Length * batch.Max(sequence => lengths[sequence]));
        return 1 - (lengths.Sum() / places);
    }

    private static long[] Read(LengthSampler sampler, long step)
    {
        using var indices = sampler.Indices(step);
        return indices.data<long>().ToArray();
    }

    private static void Equal(long[] expected, Tensor actual) => Assert.Equal(expected, actual.data<long>().ToArray());

    private static void Refused(string message, Func<SequenceData> create) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(create).Message, StringComparison.Ordinal);
}
