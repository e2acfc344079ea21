namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>What a keyboard does: text that ends in the middle, that is missing, that stands twice.</summary>
internal static class TextMutations
{
    private static readonly string[] Pieces =
    [
        "[", "]", "(", ")", "{", "}", "<", ">", ",", ";", ".", "\"", "'", "@", "$\"", "\\", "/*", "*/", "//", "#if X\n",
        "#endif\n", "#pragma warning disable\n",
        "=", "=>", "?", "!", "0", "null", "[Model(", "[Use<", "Arg.", "public ", "\u00e9", "\ud83d\ude00", "\0", "\u2028",
        "\ufeff", "\r", "\t", "[assembly: Frozen]", "namespace X;",
        "namespace X { ", "global::", "using A = int;\n", "file ", "where T : class", "x => x", "default!", "[Obsolete] ",
        "class ", "partial ", "extern alias A;\n",
    ];

    public static readonly (string Name, Func<string, Random, string> Apply)[] All =
    [
        ("truncate", (text, random) => text[..random.Next(text.Length + 1)]),
        ("begin later", (text, random) => text[random.Next(text.Length + 1)..]),
        ("delete text", (text, random) => Span(text, random, 12) is var (start, length) ? text.Remove(start, length) : text),
        ("repeat text", (text, random) => Span(text, random, 60) is var (start, length)
            ? text.Insert(start, text.Substring(start, length)) : text),
        ("insert text", (text, random) => text.Insert(random.Next(text.Length + 1), Pieces[random.Next(Pieces.Length)])),
        ("swap text", (text, random) =>
        {
            var (start, length) = Span(text, random, 20);
            string moved = text.Substring(start, length), rest = text.Remove(start, length);
            return rest.Insert(random.Next(rest.Length + 1), moved);
        }),
        ("change character", (text, random) => text.Length == 0 ? text
            : random.Next(text.Length) is var place && char.IsAsciiLetter(text[place])
            ? text.Remove(place, 1).Insert(place, ((char)('a' + random.Next(26))).ToString())
            : text.Remove(place, 1)),
    ];

    private static (int Start, int Length) Span(string text, Random random, int longest)
    {
        int start = random.Next(text.Length + 1);
        return (start, random.Next(Math.Min(longest, text.Length - start) + 1));
    }
}
