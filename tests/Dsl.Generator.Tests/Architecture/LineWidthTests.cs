using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>No line of C# is wider than a reader's screen, written or generated; a text between three quotes, whose line breaks
/// mean something, is as wide as it must be.</summary>
public class LineWidthTests
{
    private const int Widest = 130;

    [Fact]
    public void No_line_is_too_wide()
    {
        var files = Sources().ToList();
        Assert.True(files.Count > 1000, $"{files.Count} files");
        var wide = files.SelectMany(path => TooWide(File.ReadAllText(path))
            .Select(line => $"{Path.GetRelativePath(CompilerSources.Root, path)}:{line}")).ToList();
        Assert.True(wide.Count == 0, string.Join("\n", wide));
    }

    [Fact]
    public void A_wide_line_is_found()
    {
        string wide = $"// {new string('x', Widest)}";
        Assert.Equal([2], TooWide($"class A;\n{wide}\n"));
        Assert.Equal([4, 5], TooWide($"class A;\nclass B {{ string C = \"\"\"\n{wide}\n\"\"\"; {wide}\n{wide}\n}}"));
    }

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(CompilerSources.Root, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(CompilerSources.Root, path).Split(Path.DirectorySeparatorChar)
            .Any(folder => folder is "bin" or "obj" or "artifacts" || folder.StartsWith('.')));

    private static IEnumerable<int> TooWide(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (!lines.Any(IsWide)) return [];
        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        var literals = root.DescendantTokens(descendIntoTrivia: true).Where(token => token.Kind()
            is SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken);
        var interpolated = root.DescendantNodes(descendIntoTrivia: true).OfType<InterpolatedStringExpressionSyntax>()
            .Where(node => node.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken));
        var raw = literals.Select(token => token.GetLocation()).Concat(interpolated.Select(node => node.GetLocation()))
            .SelectMany(Inside).ToHashSet();
        return Enumerable.Range(0, lines.Length).Where(i => IsWide(lines[i]) && !raw.Contains(i)).Select(i => i + 1);
    }

    // The quotes of a text of several lines stand in lines that are code.
    private static IEnumerable<int> Inside(Location literal)
    {
        var span = literal.GetLineSpan();
        int first = span.StartLinePosition.Line, last = span.EndLinePosition.Line;
        return first == last ? [first] : Enumerable.Range(first + 1, last - first - 1);
    }

    private static bool IsWide(string line) => new StringInfo(line).LengthInTextElements > Widest;
}
