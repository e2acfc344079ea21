using System;
using System.Collections.Generic;

namespace Dsl.Generator.Emitting;

/// <summary>Where a line of generated code that is too long goes on in the next one.</summary>
internal static class LineBreaks
{
    /// <summary>The columns of a line.</summary>
    public const int Width = 130;

    /// <summary>The line with its indentation, as one line or several.</summary>
    public static IEnumerable<string> Of(string line, int indent)
    {
        bool isDocumentation = line.StartsWith("/// <", StringComparison.Ordinal);
        bool isCode = !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("#", StringComparison.Ordinal);
        string margin = new(' ', indent), before = margin;
        string rest = line;
        while (before.Length + rest.Length > Width && (isCode || isDocumentation))
        {
            int end = isCode ? AfterArgument(rest, Width - before.Length) : rest.LastIndexOf(' ', Width - before.Length);
            if (end <= "/// ".Length) break;
            yield return before + rest.Substring(0, end).TrimEnd();
            rest = rest.Substring(end).TrimStart();
            before = margin + (isCode ? "    " : "/// ");
        }

        yield return before + rest;
    }

    /// <summary>Behind the last comma that fits and stands between arguments: in no text, and with no bracket open that opened later
    /// than those of the commas before it; 0 where there is none.</summary>
    private static int AfterArgument(string line, int width)
    {
        int best = 0, depth = 0, bestDepth = int.MaxValue;
        bool inText = false;
        for (int i = 0; i < width && i < line.Length; i++)
        {
            char character = line[i];
            if (inText)
            {
                if (character == '\\') i++;
                else inText = character != '"';
                continue;
            }

            if (character == '/' && i + 1 < line.Length && line[i + 1] == '/') break;
            if (character == '"') inText = true;
            else if (character is '(' or '[' or '{') depth++;
            else if (character is ')' or ']' or '}') depth--;
            else if (character == ',' && i + 1 < line.Length && line[i + 1] == ' ' && depth <= bestDepth) (best, bestDepth) = (i + 1, depth);
        }

        return best;
    }
}
