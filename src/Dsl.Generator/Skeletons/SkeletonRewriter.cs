using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Skeletons;

/// <summary>
/// Leaves of a generated class what others can see. Bodies throw, placeholders get the names that they stand for, and what is
/// imported is
/// written in full, since another meaning of its name may be what is wrong.
/// </summary>
/// <param name="names">What stands for a placeholder.</param>
/// <param name="thrown">The statement's expression in every body.</param>
/// <param name="hasBase">Whether the user's part decides about the base class, beside which there is no other.</param>
internal sealed class SkeletonRewriter(IReadOnlyDictionary<string, string> names, string thrown, bool hasBase)
    : CSharpSyntaxRewriter
{
    private static readonly IReadOnlyDictionary<string, string> Imports = new[]
    {
        ("TorchSharp.torch", "Tensor Device Generator ScalarType nn"),
        ("TorchSharp.Modules", "Parameter"),
        ("System", "IDisposable Span ReadOnlySpan Math"),
        ("System.Collections.Generic", "IEnumerable IReadOnlyList IReadOnlyDictionary Dictionary"),
    }.SelectMany(group => group.Item2.Split(' ').Select(name => (Name: name, Space: group.Item1)))
        .ToDictionary(import => import.Name, import => $"global::{import.Space}");

    // What generated code names without a namespace is its own, or one of the above, or of this.
    private const string Runtime = "global::Dsl.Runtime";

    private HashSet<string>? _own;

    private readonly ArrowExpressionClauseSyntax _throws =
        SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression($"throw {thrown}"));

    private static SyntaxToken Semicolon => SyntaxFactory.Token(SyntaxKind.SemicolonToken);

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) =>
        Visible(node, base.VisitClassDeclaration(node), node.Identifier);

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) =>
        Visible(node, base.VisitRecordDeclaration(node), node.Identifier);

    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) =>
        Visible(node, base.VisitStructDeclaration(node), node.Identifier);

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
        IsVisible(node) ? base.VisitFieldDeclaration(node) : null;

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        if (!IsVisible(node) || base.VisitConstructorDeclaration(node) is not ConstructorDeclarationSyntax seen) return null;
        bool drops = hasBase && seen.Initializer is { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.BaseKeyword };
        return seen.WithIdentifier(Renamed(node.Identifier)).WithInitializer(drops ? null : seen.Initializer)
            .WithBody(null).WithExpressionBody(_throws).WithSemicolonToken(Semicolon);
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        bool isAsked = node.Modifiers.Any(SyntaxKind.PartialKeyword) || node.ExplicitInterfaceSpecifier is not null;
        if (!IsVisible(node) && !isAsked && !IsOverride(node)) return null;
        if (base.VisitMethodDeclaration(node) is not MethodDeclarationSyntax seen) return null;
        var modifiers = seen.Modifiers.Where(modifier => !hasBase || !modifier.IsKind(SyntaxKind.OverrideKeyword));
        return seen.WithModifiers(SyntaxFactory.TokenList(modifiers)).WithBody(null).WithExpressionBody(_throws)
            .WithSemicolonToken(Semicolon);
    }

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        if (!IsVisible(node) && node.ExplicitInterfaceSpecifier is null) return null;
        if (base.VisitPropertyDeclaration(node) is not PropertyDeclarationSyntax visited) return null;
        var modifiers = visited.Modifiers.Where(modifier => !hasBase || !modifier.IsKind(SyntaxKind.OverrideKeyword));
        var seen = visited.WithModifiers(SyntaxFactory.TokenList(modifiers));
        if (seen.AccessorList is not { } list) return seen.WithExpressionBody(_throws);
        var accessors = list.Accessors.Where(accessor => accessor.Modifiers.Count == 0)
            .Select(accessor => accessor.WithBody(null).WithExpressionBody(_throws).WithSemicolonToken(Semicolon));
        return seen.WithInitializer(null).WithSemicolonToken(default)
            .WithAccessorList(list.WithAccessors(SyntaxFactory.List(accessors)));
    }

    // What a body says is not looked at.
    public override SyntaxNode? VisitBlock(BlockSyntax node) => node;

    public override SyntaxNode? VisitArrowExpressionClause(ArrowExpressionClauseSyntax node) => node;

    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => null;

    public override SyntaxNode? VisitAliasQualifiedName(AliasQualifiedNameSyntax node) =>
        names.TryGetValue(node.Name.Identifier.ValueText, out string? name) ? SyntaxFactory.ParseTypeName(name)
            .WithTriviaFrom(node) : node;

    public override SyntaxNode? VisitQualifiedName(QualifiedNameSyntax node) => node.WithLeft((NameSyntax)Visit(node.Left)!)
        .WithRight(node.Right is GenericNameSyntax generic ? (SimpleNameSyntax)Visit(generic)! : node.Right);

    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node) => node
        .WithExpression((ExpressionSyntax)Visit(node.Expression)!)
        .WithName(node.Name is GenericNameSyntax generic ? (SimpleNameSyntax)Visit(generic)! : node.Name);

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node)
    {
        string text = node.Identifier.ValueText;
        return names.TryGetValue(text, out string? name) ? SyntaxFactory.ParseTypeName(name).WithTriviaFrom(node)
            : Space(node, text) is { } space ? SyntaxFactory.ParseName($"{space}.{text}").WithTriviaFrom(node)
            : node;
    }

    /// <summary>The namespace, or the type, that a name is imported from; null for the class's own, and for what is no
    /// type.</summary>
    private string? Space(SimpleNameSyntax node, string name)
    {
        if (Imports.TryGetValue(name, out string? space)) return space;
        _own ??= [.. node.SyntaxTree.GetRoot().DescendantNodes().Select(declared => declared switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            TypeParameterSyntax parameter => parameter.Identifier.ValueText,
            _ => "",
        })];
        return SyntaxFacts.IsInTypeOnlyContext(node) && !_own.Contains(name) && name is not ("var" or "nint") ? Runtime : null;
    }

    public override SyntaxNode? VisitGenericName(GenericNameSyntax node)
    {
        // The last part of a name is not visited alone, but its arguments are.
        var seen = node.WithTypeArgumentList((TypeArgumentListSyntax)Visit(node.TypeArgumentList)!);
        bool isLast = node.Parent is QualifiedNameSyntax qualified ? qualified.Right == node
            : node.Parent is MemberAccessExpressionSyntax access && access.Name == node;
        return !isLast && Space(node, node.Identifier.ValueText) is { } space
            ? SyntaxFactory.QualifiedName(SyntaxFactory.ParseName(space), seen.WithoutTrivia()).WithTriviaFrom(node)
            : seen;
    }

    /// <summary>Whether a class is a trainer's, by its base.</summary>
    public static bool IsTrainer(SyntaxNode? type) => type is TypeDeclarationSyntax { BaseList: { Types.Count: 1 } bases }
        && bases.Types[0].Type is QualifiedNameSyntax { Right.Identifier.ValueText: "Trainer" };

    // What a trainer's base class asks for, whether others see it or not.
    private bool IsOverride(MemberDeclarationSyntax member) =>
        !hasBase && member.Modifiers.Any(SyntaxKind.OverrideKeyword) && IsTrainer(member.Parent);

    private static bool IsVisible(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Modifiers.Any(SyntaxKind.InternalKeyword);

    private SyntaxNode? Visible(TypeDeclarationSyntax before, SyntaxNode? after, SyntaxToken identifier)
    {
        bool isOuter = before.Modifiers.Any(SyntaxKind.PartialKeyword);
        if (after is not TypeDeclarationSyntax seen || (!isOuter && !IsVisible(before))) return null;
        if (!isOuter) return seen;
        seen = seen.WithIdentifier(Renamed(identifier));
        if (!hasBase || seen.BaseList is not { } bases) return seen;
        var interfaces = bases.Types.Where(
            type => type.Type is not QualifiedNameSyntax { Right.Identifier.ValueText: "Module" or "Trainer" });
        return seen.WithBaseList(interfaces.Any() ? bases.WithTypes(SyntaxFactory.SeparatedList(interfaces)) : null);
    }

    private SyntaxToken Renamed(SyntaxToken identifier) => names.TryGetValue(identifier.ValueText, out string? name)
        ? SyntaxFactory.ParseToken(name).WithTriviaFrom(identifier)
        : identifier;
}
