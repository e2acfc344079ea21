using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Inspect.Pages;

/// <summary>C# as HTML: keywords, types and methods, texts, numbers and comments in elements of their own.</summary>
internal static class CodeHighlighter
{
    public static XElement Write(string code)
    {
        var block = new XElement("pre", new XAttribute("class", "code"));
        var pending = new System.Text.StringBuilder();
        foreach (var token in SyntaxFactory.ParseTokens(code, options: new CSharpParseOptions(LanguageVersion.Preview)))
        {
            foreach (var trivia in token.LeadingTrivia) Add(trivia.ToFullString(), IsComment(trivia) ? "comment" : null);
            Add(token.Text, Style(token));
            foreach (var trivia in token.TrailingTrivia) Add(trivia.ToFullString(), IsComment(trivia) ? "comment" : null);
        }

        Flush();
        return block;

        void Add(string text, string? style)
        {
            if (style is null)
            {
                pending.Append(text);
                return;
            }

            Flush();
            block.Add(new XElement("span", new XAttribute("class", style), text));
        }

        void Flush()
        {
            if (pending.Length > 0) block.Add(new XText(pending.ToString()));
            pending.Clear();
        }
    }

    private static string? Style(SyntaxToken token) => token.Kind() switch
    {
        var kind when SyntaxFacts.IsKeywordKind(kind) => "keyword",
        _ when SyntaxFacts.GetContextualKeywordKind(token.ValueText) is SyntaxKind.PartialKeyword or SyntaxKind.VarKeyword =>
            "keyword",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken => "text",
        SyntaxKind.NumericLiteralToken => "number",
        SyntaxKind.IdentifierToken when char.IsUpper(token.Text[0]) => "type",
        _ => null,
    };

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
}
