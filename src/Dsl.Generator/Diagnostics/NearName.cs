using System;
using System.Collections.Generic;
using System.Linq;

// Not in the folder's namespace: the runtime is compiled with this file too, and has types called Generator.
namespace Dsl;

/// <summary>The known name that an unknown one was probably meant to be.</summary>
internal static class NearName
{
    /// <summary>The end of a message, <c>; did you mean "hidden"?</c>, or nothing where no known name is near.</summary>
    public static string Question(string name, IEnumerable<string> known) =>
        Of(name, known) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";

    /// <summary>The nearest known name; null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string candidate in known.Where(candidate => !NumbersDiffer(name, candidate)))
        {
            int distance = Distance(name, candidate);
            if (distance * 3 > Math.Max(name.Length, candidate.Length) || distance >= least) continue;
            (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>
    /// How many characters to insert, delete, replace, or exchange with their neighbour (Damerau 1964,
    /// doi 10.1145/363958.363994). Capitals count as small letters: a name in the wrong case is the likeliest slip of all.
    /// </summary>
    public static int Distance(string left, string right)
    {
        // Rows i − 2, i − 1 and i of the table whose entry [i, j] is the distance of the first i and the first j characters.
        int[] before = new int[right.Length + 1], previous = new int[right.Length + 1], row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++) row[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            (before, previous, row) = (previous, row, before);
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                bool same = Same(left[i - 1], right[j - 1]);
                row[j] = Math.Min(previous[j - 1] + (same ? 0 : 1), Math.Min(previous[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row[right.Length];
    }

    // One number in place of another is no slip of the keyboard: "1.bias" is not a misspelt "0.bias".
    private static bool NumbersDiffer(string left, string right) =>
        left.Any(char.IsDigit) && right.Any(char.IsDigit)
        && !left.Where(char.IsDigit).SequenceEqual(right.Where(char.IsDigit));

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
