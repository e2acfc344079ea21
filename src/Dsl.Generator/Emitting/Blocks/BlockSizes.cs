using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>
/// One text for uses of a block that differ in sizes alone: a number that differs becomes an argument of the class, or a letter
/// in a comment.
/// </summary>
internal sealed class BlockSizes
{
    // An integer that is no part of a name, of a real number or of a path.
    private static readonly Regex Integer = new(@"(?<![\w.])\d+(?![\w.])", RegexOptions.CultureInvariant);

    private readonly IReadOnlyList<BlockUse> _uses;
    private readonly List<(string Name, long[] Values)> _arguments = [];
    private readonly List<(string Letter, long[] Values)> _letters = [];
    private readonly HashSet<string> _used = [];

    private BlockSizes(IReadOnlyList<BlockUse> uses) => _uses = uses;

    /// <summary>The text.</summary>
    public IReadOnlyList<CodeEntry> Entries { get; private set; } = [];

    /// <summary>The arguments of the class, each with its value for each use.</summary>
    public IReadOnlyList<(string Name, long[] Values)> Arguments =>
        _arguments.Where(argument => _used.Contains(argument.Name)).ToList();

    /// <summary>The letters of comments, each with its value for each use.</summary>
    public IReadOnlyList<(string Letter, long[] Values)> Letters => _letters;

    /// <summary>A text with all such numbers blotted out: the same for uses that may have one text.</summary>
    public static string Outline(IReadOnlyList<CodeEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.Append((int)entry.Kind).Append(entry.Text).Append('\n').Append(entry.Expression).Append('\n')
                .Append(entry.Comment).Append('\n');
        }

        return Integer.Replace(text.ToString(), "#");
    }

    /// <summary>One text for all; null when a number in the code follows from none of the sizes.</summary>
    /// <param name="uses">The uses.</param>
    /// <param name="texts">The text of each; their outlines are the same.</param>
    public static BlockSizes? Unite(IReadOnlyList<BlockUse> uses, IReadOnlyList<IReadOnlyList<CodeEntry>> texts)
    {
        var sizes = new BlockSizes(uses);
        foreach (string name in uses[0].Block.Arguments.Keys)
            sizes.Add(
                char.ToLowerInvariant(name[0]) + name.Substring(1), [.. uses.Select(use => (long)use.Block.Arguments[name])]);

        // Comments first: they say what the dimensions are.
        var comments = new List<(string Text, string Expression, string Comment)>();
        for (int i = 0; i < texts[0].Count; i++)
        {
            int entry = i;
            var (text, _) = sizes.Replace(texts, other => other[entry].Text, isComment: true);
            var (comment, _) = sizes.Replace(texts, other => other[entry].Comment, isComment: true, whole: true);
            comments.Add((text!, "", comment!));
        }

        var entries = new List<CodeEntry>();
        for (int i = 0; i < texts[0].Count; i++)
        {
            int entry = i;
            var (text, isKnown) = sizes.Replace(texts, other => other[entry].Text, isComment: false);
            var (expression, follows) = sizes.Replace(texts, other => other[entry].Expression, isComment: false);
            if (!isKnown || !follows) return null;
            int at = CommentStart(text!);
            string whole = at < 0 ? text! : text!.Substring(0, at) + comments[i].Text.Substring(CommentStart(comments[i].Text));
            entries.Add(texts[0][i] with { Text = whole, Expression = expression!, Comment = comments[i].Comment });
        }

        sizes.Entries = entries;
        return sizes;
    }

    private static int CommentStart(string text) => text.IndexOf("//", System.StringComparison.Ordinal);

    private void Add(string name, long[] values)
    {
        if (values.Distinct().Count() > 1 && !_arguments.Any(argument => argument.Name == name)) _arguments.Add((name, values));
    }

    /// <summary>The text with names in place of the numbers that differ; in its comment, or in what stands before that.</summary>
    private (string? Text, bool IsKnown) Replace(
        IReadOnlyList<IReadOnlyList<CodeEntry>> texts, System.Func<IReadOnlyList<CodeEntry>, string> part, bool isComment,
        bool whole = false)
    {
        string first = part(texts[0]);
        if (first.Length == 0 || texts.All(text => part(text) == first)) return (first, true);
        var numbers = texts.Select(text => Integer.Matches(part(text)).Cast<Match>().ToList()).ToList();
        int start = whole ? 0 : CommentStart(first);
        bool isKnown = true;
        int match = 0, last = 0;
        var written = new StringBuilder();
        foreach (var number in numbers[0])
        {
            int index = match++;
            bool inComment = start >= 0 && number.Index >= start;
            long[] values = numbers.Select(all => long.Parse(all[index].Value, CultureInfo.InvariantCulture)).ToArray();
            if (inComment != isComment || values.Distinct().Count() == 1) continue;
            string? name = isComment ? Letter(first, number, values) : Argument(values);
            isKnown &= name is not null;
            written.Append(first, last, number.Index - last).Append(name);
            last = number.Index + number.Length;
        }

        return (written.Append(first, last, first.Length - last).ToString(), isKnown);
    }

    /// <summary>A multiple of an argument that the use declares, or else of a size in a comment.</summary>
    private string? Argument(long[] values)
    {
        if (values.Max() > int.MaxValue) return null;
        foreach (var (letter, sizes) in _letters) Add(letter.ToLowerInvariant(), sizes);
        (string Name, long Factor)? best = null;
        foreach (var (name, sizes) in _arguments)
        {
            if (sizes[0] == 0 || values[0] % sizes[0] != 0) continue;
            long factor = values[0] / sizes[0];
            if (factor == 0 || Enumerable.Range(0, values.Length).Any(i => sizes[i] * factor != values[i])) continue;
            if (best is null || (best.Value.Factor != 1 && factor == 1)) best = (name, factor);
        }

        if (best is not { } found) return null;
        _used.Add(found.Name);
        return found.Factor == 1 ? found.Name : $"{found.Factor} * {found.Name}";
    }

    private string Letter(string text, Match number, long[] values)
    {
        int open = text.LastIndexOf('[', number.Index), close = text.IndexOf(']', number.Index);
        string wanted = "K";
        if (open >= 0 && close >= 0 && text.IndexOf(']', open) == close)
        {
            int place = text.Substring(open, number.Index - open).Count(character => character == ',');
            int rank = text.Substring(open, close - open).Count(character => character == ',') + 1;
            wanted = rank == 4 ? "CCHW".Substring(place, 1) : place == 2 ? "L" : "C";
        }

        var same = _letters.Where(known => known.Values.SequenceEqual(values)).Select(known => known.Letter).ToList();
        if (same.FirstOrDefault(letter => letter.StartsWith(wanted, System.StringComparison.Ordinal)) is { } again) return again;
        if (same.Count > 0 && wanted is not ("H" or "W")) return same[0];
        string name = wanted;
        for (int i = 2; _letters.Any(known => known.Letter == name); i++) name = wanted + i;
        _letters.Add((name, values));
        return name;
    }
}
