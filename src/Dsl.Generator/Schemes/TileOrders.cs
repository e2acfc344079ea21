using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Schemes;

/// <summary>Orders of tiles that differ as much as can be, the same ones wherever they are asked for.</summary>
internal static class TileOrders
{
    private const int Drawn = 2000;

    /// <summary>How many orders there are to choose from.</summary>
    public static int Limit(int tiles) => tiles <= 4 ? Enumerable.Range(1, tiles).Aggregate((product, i) => product * i) : Drawn;

    /// <summary>Orders of tiles, the first of which leaves them in place; each one is the farthest from those before, by how many
    /// places have another tile, and of equals the first that is found.</summary>
    public static IReadOnlyList<int[]> Choose(int tiles, int count)
    {
        var candidates = Candidates(tiles);
        var chosen = new List<int[]> { candidates[0] };
        int[] distances = [.. candidates.Select(candidate => Distance(candidate, candidates[0]))];
        while (chosen.Count < count)
        {
            int best = Array.IndexOf(distances, distances.Max());
            chosen.Add(candidates[best]);
            for (int i = 0; i < distances.Length; i++)
                distances[i] = Math.Min(distances[i], Distance(candidates[i], candidates[best]));
        }

        return chosen;
    }

    /// <summary>Distinct orders: all of few tiles, else drawn ones.</summary>
    private static List<int[]> Candidates(int tiles)
    {
        if (tiles <= 4) return [.. Permutations([], [.. Enumerable.Range(0, tiles)])];
        var candidates = new List<int[]>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        int[] order = [.. Enumerable.Range(0, tiles)];

        // A linear congruential generator (Knuth's MMIX): System.Random may differ between versions of .NET.
        ulong state = 1;
        while (candidates.Count < Drawn)
        {
            if (known.Add(string.Join(",", order))) candidates.Add([.. order]);
            for (int i = tiles - 1; i > 0; i--)
            {
                state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
                int other = (int)((state >> 33) % (ulong)(i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }
        }

        return candidates;
    }

    private static IEnumerable<int[]> Permutations(int[] head, int[] rest) => rest.Length == 0 ? [head]
        : rest.SelectMany(next => Permutations([.. head, next], [.. rest.Where(other => other != next)]));

    private static int Distance(int[] a, int[] b) => a.Where((tile, i) => tile != b[i]).Count();
}
