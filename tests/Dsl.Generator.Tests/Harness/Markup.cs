using System.Text;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>A source in which <c>{|ID:text|}</c> marks where a diagnostic is expected, as roslyn-sdk's tests spell it.</summary>
internal sealed record Markup(string Source, (string Id, TextSpan Span)[] Expected)
{
    public static Markup Parse(string text)
    {
        var clean = new StringBuilder(text.Length);
        var open = new Stack<(string Id, int Start)>();
        var found = new List<(string Id, TextSpan Span)>();
        for (int i = 0; i < text.Length;)
        {
            if (text.AsSpan(i).StartsWith("{|DSL"))
            {
                int colon = text.IndexOf(':', i);
                open.Push((text[(i + 2)..colon], clean.Length));
                i = colon + 1;
            }
            else if (open.Count > 0 && text.AsSpan(i).StartsWith("|}"))
            {
                var (id, start) = open.Pop();
                found.Add((id, TextSpan.FromBounds(start, clean.Length)));
                i += 2;
            }
            else
            {
                clean.Append(text[i++]);
            }
        }

        Assert.Empty(open);
        return new Markup(clean.ToString(), [.. found.OrderBy(mark => mark.Span.Start).ThenBy(mark => mark.Id, StringComparer.Ordinal)]);
    }
}
