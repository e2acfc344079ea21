using System;
using System.Collections.Generic;
using System.Text;

namespace Dsl.Generator.Emitting;

/// <summary>Where a line of generated code that is too long goes on in the next one.</summary>
internal static class LineBreaks
{
    /// <summary>The bytes of a line: no fewer than its columns, and what tools count.</summary>
    public const int Width = 130;

    /// <summary>The bytes that a text takes in a file.</summary>
    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>The line with its indentation, as one line or several.</summary>
    public static IEnumerable<string> Of(string line, int indent)
    {
        bool isDocumentation = line.StartsWith("/// <", StringComparison.Ordinal);
        bool isCode = !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("#", StringComparison.Ordinal);
        string margin = new(' ', indent), before = margin;
        int start = 0;
        while (isCode || isDocumentation)
        {
            // No more than fits is looked at: a table of numbers is one line of many thousands.
            int room = Fitting(line, start, Width - before.Length);
            if (start + room == line.Length) break;
            string rest = line.Substring(start, room + 1), next = margin + (isDocumentation ? "/// " : "    ");
            int end;
            if (isDocumentation) end = rest.LastIndexOf(' ', room);
            else if ((end = LastBehind("; ", rest, room, deepest: 0)) > 0 && !IsComment(line, start + end)) next = margin;
            else end = First(LastBehind(", ", rest, room), LastBehind(" = ", rest, room), Before(" + ", rest, room),
                LastBehind("(", rest, room));
            if (end <= (isDocumentation ? "/// ".Length : 0)) break;
            yield return before + rest.Substring(0, end).TrimEnd();
            start += end;
            while (start < line.Length && char.IsWhiteSpace(line[start])) start++;
            before = next;
        }

        yield return before + line.Substring(start);
    }

    // A comment stays in the line of what it says something of.
    private static bool IsComment(string line, int place) =>
        line.Substring(place, Math.Min(4, line.Length - place)).TrimStart().StartsWith("//", StringComparison.Ordinal);

    // How many characters fit, of a line from a place on.
    private static int Fitting(string line, int start, int bytes)
    {
        int end = start;
        while (end < line.Length)
        {
            int length = char.IsHighSurrogate(line[end]) && end + 1 < line.Length ? 2 : 1;
            bytes -= length == 2 ? 4 : line[end] < 0x80 ? 1 : line[end] < 0x800 ? 2 : 3;
            if (bytes < 0) break;
            end += length;
        }

        return end - start;
    }

    // A sum goes on with its sign.
    private static int Before(string separator, string line, int room) =>
        LastBehind(separator, line, room) is > 0 and var behind ? behind - separator.Length + 1 : 0;

    private static int First(params int[] places) => Array.Find(places, place => place > 0);

    /// <summary>
    /// The place behind the last separator that fits, outside of texts and of comments, with as few brackets open as one can
    /// have; 0 where there is none.
    /// </summary>
    private static int LastBehind(string separator, string line, int room, int deepest = int.MaxValue)
    {
        int best = 0, depth = 0, bestDepth = deepest;
        bool inText = false;
        for (int i = 0; i + separator.Length <= Math.Min(room, line.Length); i++)
        {
            char character = line[i];
            if (inText)
            {
                if (character == '\\') i++;
                else inText = character != '"';
                continue;
            }

            if (character == '/' && line[i + 1] == '/') break;
            if (character == '"') inText = true;
            else if (character is '(' or '[' or '{') depth++;
            else if (character is ')' or ']' or '}') depth--;
            if (depth <= bestDepth && string.CompareOrdinal(line, i, separator, 0, separator.Length) == 0)
                (best, bestDepth) = (i + separator.Length, depth);
        }

        return best;
    }
}
