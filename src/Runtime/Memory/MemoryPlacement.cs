namespace Dsl.Runtime;

/// <summary>Offsets for values that live for a while each: no two that live at the same time overlap.</summary>
internal static class MemoryPlacement
{
    // A cache line, in 32-bit words.
    private const long Alignment = 16;

    /// <summary>Places the largest first, each as low as those allow that live at the same time: the greedy order by size that
    /// keeps within a few percent of the least possible (Pisarchyk and Lee 2020, "Efficient memory management for deep neural
    /// net inference", section 5.2).</summary>
    /// <param name="values">From when until when each lives, both included, and how many words it takes.</param>
    /// <param name="offsets">Where each goes.</param>
    /// <returns>Words of the whole.</returns>
    public static long Place(IReadOnlyList<(int First, int Last, long Size)> values, Span<long> offsets)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderByDescending(value => values[value].Size)];
        var placed = new List<(long Begin, long End, int Value)>();
        long total = 0;
        foreach (int value in order)
        {
            var (first, last, wanted) = values[value];
            long size = (Math.Max(1, wanted) + Alignment - 1) / Alignment * Alignment, begin = 0;
            foreach (var other in placed)
            {
                if (values[other.Value].First > last || values[other.Value].Last < first) continue;
                if (begin + size <= other.Begin) break;
                begin = Math.Max(begin, other.End);
            }

            offsets[value] = begin;
            total = Math.Max(total, begin + size);
            var place = (begin, begin + size, value);
            placed.Insert(~placed.BinarySearch(place), place);
        }

        return total;
    }
}
