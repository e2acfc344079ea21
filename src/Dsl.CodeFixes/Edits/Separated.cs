using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.CodeFixes.Edits;

/// <summary>Lists with commas.</summary>
internal static class Separated
{
    /// <summary>What goes with an item of several: one comma, and the blanks beside it. Comments stay.</summary>
    public static IEnumerable<TextSpan> Without<T>(SourceText text, SeparatedSyntaxList<T> list, T item)
        where T : SyntaxNode
    {
        int index = list.IndexOf(item);
        bool isLast = index == list.Count - 1;
        if (index > 0 && Blank.IsBetween(text, list.GetSeparator(index - 1).Span.End, item.SpanStart))
        {
            yield return TextSpan.FromBounds(list.GetSeparator(index - 1).SpanStart, item.Span.End);
        }
        else if (isLast)
        {
            yield return list.GetSeparator(index - 1).Span;
            yield return item.Span;
        }
        else
        {
            var comma = list.GetSeparator(index);
            int next = list[index + 1].SpanStart;
            if (!Blank.IsBetween(text, item.Span.End, comma.SpanStart))
            {
                yield return item.Span;
                yield return comma.Span;
            }
            else
            {
                yield return TextSpan.FromBounds(
                    item.SpanStart, Blank.IsBetween(text, comma.Span.End, next) ? next : comma.Span.End);
            }
        }
    }
}
