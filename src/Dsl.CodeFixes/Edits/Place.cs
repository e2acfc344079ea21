using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.CodeFixes.Edits;

/// <summary>A place of an edit in a document as it is now.</summary>
internal sealed record Place(Document Document, SyntaxNode Root, SourceText Text, TextSpan Span)
{
    /// <summary>The place of a location; null where the text has changed behind it, or it is in no document.</summary>
    public static async Task<Place?> Find(Solution solution, Location location, CancellationToken cancellation)
    {
        if (location.SourceTree is null || solution.GetDocument(location.SourceTree) is not { } document) return null;
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return root is not null && root.FullSpan.Contains(location.SourceSpan)
            ? new Place(document, root, text, location.SourceSpan) : null;
    }

    /// <summary>The attribute that stands there; null where none does.</summary>
    public AttributeSyntax? Attribute => Node<AttributeSyntax>();

    /// <summary>The argument of an attribute that stands there; null where none does.</summary>
    public AttributeArgumentSyntax? Argument => Node<AttributeArgumentSyntax>();

    /// <summary>The type whose name stands there; null where none does.</summary>
    public BaseTypeDeclarationSyntax? Type =>
        Root.FindToken(Span.Start).Parent is BaseTypeDeclarationSyntax type && type.Identifier.Span == Span ? type : null;

    public DocumentChange Change(TextSpan span, string text) => new(Document.Id, new TextChange(span, text));

    public DocumentChange Insert(int position, string text) => Change(new TextSpan(position, 0), text);

    public IEnumerable<DocumentChange> Remove(IEnumerable<TextSpan> spans) => spans.Select(span => Change(span, ""));

    private T? Node<T>()
        where T : SyntaxNode =>
        Root.FindNode(Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>() is { } node && node.Span == Span ? node : null;
}
