using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>
/// A file as other files see it: everything but what stands between the braces of its methods. Roslyn's own comparison of that
/// kind takes the values of constants for insides as soon as a field that is no constant stands before them.
/// </summary>
internal static class Outline
{
    /// <summary>Whether two states of a file say the same to other files.</summary>
    public static bool IsSame(SyntaxNode before, SyntaxNode after)
    {
        // What the parser took over from the state before is equal without a look.
        if (before.IsIncrementallyIdenticalTo(after)) return true;
        if (before.RawKind != after.RawKind) return false;
        if (IsInside(before) && IsInside(after)) return true;
        var (old, changed) = (before.ChildNodesAndTokens(), after.ChildNodesAndTokens());
        if (old.Count != changed.Count) return false;
        for (int i = 0; i < old.Count; i++)
        {
            bool same = old[i].AsNode() is { } node ? changed[i].AsNode() is { } other && IsSame(node, other)
                : changed[i].IsToken && IsSame(old[i].AsToken(), changed[i].AsToken());
            if (!same) return false;
        }

        return true;
    }

    private static bool IsSame(SyntaxToken before, SyntaxToken after) =>
        before.RawKind == after.RawKind && before.IsMissing == after.IsMissing && before.Text == after.Text;

    /// <summary>The body of a method, an accessor or a program, which no other file sees.</summary>
    private static bool IsInside(SyntaxNode node) => node switch
    {
        GlobalStatementSyntax => true,
        BlockSyntax or ArrowExpressionClauseSyntax =>
            node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax,
        _ => false,
    };
}
