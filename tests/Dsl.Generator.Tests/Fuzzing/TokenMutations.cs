using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>Tokens deleted, repeated, exchanged; constants driven to their extremes; names and keywords replaced.</summary>
internal static class TokenMutations
{
    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2", "3", "7", "64", "1000", "65536", "1000000000", "2147483648", "int.MaxValue", "int.MinValue",
        "long.MaxValue", "-0.0", "0.5", "1.5", "-0.5", "1e-12", "1e308",
        "1e-320", "1e400", "float.MaxValue", "double.NaN", "double.PositiveInfinity", "double.NegativeInfinity", "0.1f", "1u",
        "'a'", "(int)3.7", "1 + 1", "1 / 0", "-(-1)", "1 << 31",
        "Arg.Channels", "Arg.Stride", "null", "true", "\"1\"", "default", "typeof(int)", "new int[0]", "new[] { 1, 2 }",
        "new[] { 1, -1, 0 }", "new int[] { int.MaxValue, int.MaxValue, int.MaxValue }",
        "new double[] { double.NaN }", "(Initializer)99", "(Activation)(-1)", "unchecked((int)4000000000)", "nameof(Dsl)",
        "sizeof(int)", "x", "4L",
    ];

    private static readonly string[] Strings =
    [
        "\"\"", "\" \"", "null", "\"x\"", "\"*/\"", "\"\\n\"", "\"\\0\"", "\"\\\"\"", "\"{0}\"", "\"}\"", "\"class\"",
        "\"input\"", "\"Forward\"", "\"Tape\"", "\"\u00e9t\u00e9\"", "\"\u540d\u524d\"",
        "\"\\ud800\"", "\"a b\"", "\"a.b\"", "\"<T>\"", "\"//\"", "nameof(System)", "@\"a\\b\"", "\"\"\"raw\"\"\"", "default",
        "1", "\"" + new string('n', 5000) + "\"",
    ];

    private static readonly string[] Names =
    [
        "Tensor", "torch", "nn", "System", "Math", "Dsl", "Model", "ModelAttribute", "Trainer", "Step", "Batch", "Draws",
        "Losses", "string", "@class", "@event", "\u041c\u043e\u0434\u0435\u043b\u044c", "\u540d\u524d", "_", "__",
        "record", "var", "Forward", "forward", "Aten", "Vector", "Random", "List", "nint", "dynamic", "field", "value", "T",
        "File", "scope", "Tape", "Module", "Arena", "Seed", "Epochs", "Net", "x",
        "Fit", "State", "Update", "Parameters", "await", "async", "partial", "file", "global", "\\u0041bc", "ToString",
        "Object", "Attribute", "Obsolete", "Linear", "ReLU", "F0", new string('L', 600),
    ];

    private static readonly string[] Keywords =
    [
        "class", "struct", "record", "record struct", "interface", "enum", "static", "sealed", "abstract", "partial", "public",
        "internal", "private", "protected", "file", "readonly", "ref", "unsafe", "new",
        "virtual", "override", "async", "extern", "const", "void", "int", "string", "object", "return", "for", "if", "while",
        "in", "out", "params", "this", "base", "delegate", "event", "required",
    ];

    public static readonly (string Name, Func<string, Random, string> Apply)[] All =
    [
        ("delete token", (text, random) => Replace(text, random, _ => true, _ => "")),
        ("repeat token", (text, random) => Replace(text, random, _ => true, token => $"{token} {token}")),
        ("exchange tokens", ExchangeTokens),
        ("exchange neighbours", ExchangeNeighbours),
        ("change number", ChangeNumber),
        ("change number again", ChangeNumber),
        ("change several numbers", (text, random) => ChangeNumber(ChangeNumber(ChangeNumber(text, random), random), random)),
        ("change string", (text, random) => Replace(
            text, random, token => token.IsKind(SyntaxKind.StringLiteralToken), _ => Strings[random.Next(Strings.Length)])),
        ("change truth",
            (text, random) => Replace(text, random, token => token.Kind() is SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword,
            token => random.Next(3) == 0 ? "null" : token == "true" ? "false" : "true")),
        ("change name", (text, random) =>
            Replace(text, random, token => token.IsKind(SyntaxKind.IdentifierToken), _ => Names[random.Next(Names.Length)])),
        ("rename", Rename),
        ("confuse names", ConfuseNames),
        ("change keyword",
            (text, random) => Replace(text, random, token => token.IsKeyword(), _ => Keywords[random.Next(Keywords.Length)])),
        ("insert keyword", (text, random) =>
            Replace(text, random, token => token.IsKeyword(), token => $"{Keywords[random.Next(Keywords.Length)]} {token}")),
        ("change operator", (text, random) => Replace(
            text, random, token => token.Text is "+" or "-" or "*" or "/" or "%" or "<" or ">" or "==" or "=" or "." or "++",
            _ => new[] { "+", "-", "*", "/", "%", "<", ">", "==", "=", ".", "++", "+=", "?.", "??", "&&",
                "is" }[random.Next(16)])),
    ];

    private static string ChangeNumber(string text, Random random) =>
        Replace(text, random, token => token.IsKind(SyntaxKind.NumericLiteralToken), _ => Numbers[random.Next(Numbers.Length)]);

    private static string Rename(string text, Random random)
    {
        var names = Identifiers(text);
        if (names.Count == 0) return text;
        string old = names[random.Next(names.Count)], name = random.Next(2) == 0 ? Names[random.Next(Names.Length)]
            : names[random.Next(names.Count)];
        return ReplaceAll(text, token => token.ValueText == old && token.IsKind(SyntaxKind.IdentifierToken), name);
    }

    private static string ConfuseNames(string text, Random random)
    {
        var names = Identifiers(text);
        return names.Count == 0 ? text
            : Replace(text, random, token => token.IsKind(SyntaxKind.IdentifierToken), _ => names[random.Next(names.Count)]);
    }

    private static string ExchangeTokens(string text, Random random)
    {
        var tokens = Tokens(text);
        return tokens.Count < 2 ? text : Exchange(text, tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
    }

    private static string ExchangeNeighbours(string text, Random random)
    {
        var tokens = Tokens(text);
        if (tokens.Count < 2) return text;
        int place = random.Next(tokens.Count - 1);
        return Exchange(text, tokens[place], tokens[place + 1]);
    }

    private static string Exchange(string text, SyntaxToken a, SyntaxToken b)
    {
        if (a.SpanStart > b.SpanStart) (a, b) = (b, a);
        return a == b ? text : text[..a.SpanStart] + b.Text + text[a.Span.End..b.SpanStart] + a.Text + text[b.Span.End..];
    }

    private static string Replace(string text, Random random, Func<SyntaxToken, bool> which, Func<string, string> by)
    {
        var tokens = Tokens(text).Where(which).ToList();
        if (tokens.Count == 0) return text;
        var token = tokens[random.Next(tokens.Count)];
        return text[..token.SpanStart] + by(token.Text) + text[token.Span.End..];
    }

    private static string ReplaceAll(string text, Func<SyntaxToken, bool> which, string by)
    {
        var result = new StringBuilder();
        int end = 0;
        foreach (TextSpan span in Tokens(text).Where(which).Select(token => token.Span))
        {
            result.Append(text, end, span.Start - end).Append(by);
            end = span.End;
        }

        return result.Append(text, end, text.Length - end).ToString();
    }

    private static List<string> Identifiers(string text) =>
        [.. Tokens(text).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).Distinct()];

    private static List<SyntaxToken> Tokens(string text) =>
        [.. CSharpSyntaxTree.ParseText(text, Declared.ParseOptions).GetRoot().DescendantTokens()
            .Where(token => token.Span.Length > 0)];
}
