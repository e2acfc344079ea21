using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Choices of samples that respect their classes.</summary>
internal static class Stratification
{
    /// <summary>Indices of two parts, each in random order; every class is divided in the proportion of the parts.</summary>
    public static (long[] Train, long[] Test) Split(long[] labels, long testCount, long seed)
    {
        if (testCount < 1 || testCount >= labels.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(testCount), testCount,
                $"A split of {labels.Length} samples leaves 1 to {labels.Length - 1} of them for testing.");
        }

        var remaining = Quotas(labels, testCount);
        var train = new List<long>(labels.Length);
        var test = new List<long>((int)testCount);
        foreach (var index in ShuffledIndices(labels.Length, seed, "split"))
        {
            var isTest = remaining[labels[index]] > 0;
            if (isTest)
            {
                remaining[labels[index]]--;
            }

            (isTest ? test : train).Add(index);
        }

        // As they come, the first are of classes of which the test has all that it wants.
        return ([.. ShuffledIndices(train.Count, seed, "training part").Select(position => train[(int)position])], [.. test]);
    }

    /// <summary>Indices of equally many samples of every class, in random order.</summary>
    public static long[] Balanced(long[] labels, long count, long seed)
    {
        var sizes = Sizes(labels);
        if (count < 1 || count % sizes.Count != 0)
        {
            throw new ArgumentException($"{count} is no multiple of the {sizes.Count} classes.", nameof(count));
        }

        var perClass = count / sizes.Count;
        foreach (var (label, size) in sizes)
        {
            if (size < perClass)
            {
                throw new ArgumentException(
                    $"Class {label} has {size} samples, but {perClass} of each are asked for.", nameof(count));
            }
        }

        var remaining = sizes.Keys.ToDictionary(label => label, _ => perClass);
        return [.. ShuffledIndices(labels.Length, seed, "balanced subset").Where(index => remaining[labels[index]]-- > 0)];
    }

    /// <summary>Test samples of each class: exact shares rounded down, the rest to the largest remainders.</summary>
    private static Dictionary<long, long> Quotas(long[] labels, long testCount)
    {
        var sizes = Sizes(labels);
        var quotas = sizes.ToDictionary(pair => pair.Key, pair => pair.Value * testCount / labels.Length);
        var rest = testCount - quotas.Values.Sum();
        foreach (var (label, _) in sizes.OrderByDescending(pair => pair.Value * testCount % labels.Length).Take((int)rest))
        {
            quotas[label]++;
        }

        return quotas;
    }

    private static SortedDictionary<long, long> Sizes(long[] labels)
    {
        var sizes = new SortedDictionary<long, long>();
        foreach (var label in labels)
        {
            sizes[label] = sizes.GetValueOrDefault(label) + 1;
        }

        return sizes;
    }

    private static long[] ShuffledIndices(long count, long seed, string purpose)
    {
        using var stream = new RandomStream(seed, purpose);
        using var order = randperm(count, ScalarType.Int64, generator: stream.At(0));
        return MemoryMarshal.Cast<byte, long>(order.bytes).ToArray();
    }
}
