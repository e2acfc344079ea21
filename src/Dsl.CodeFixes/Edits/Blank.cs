using Microsoft.CodeAnalysis.Text;

namespace Dsl.CodeFixes.Edits;

/// <summary>Text in which nothing stands.</summary>
internal static class Blank
{
    public static bool IsBetween(SourceText text, int start, int end)
    {
        for (int i = start; i < end; i++)
            if (!char.IsWhiteSpace(text[i])) return false;
        return true;
    }
}
