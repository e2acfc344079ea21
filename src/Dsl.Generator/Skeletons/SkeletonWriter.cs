using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Emitting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Skeletons;

/// <summary>A generated file with nothing but what others can see of the class.</summary>
internal sealed class SkeletonWriter
{
    private readonly TypeDeclaration _type;
    private readonly string _name;
    private readonly Dictionary<string, string> _names;
    private readonly HashSet<string> _lessAccessible = [];
    private ClassDeclarationSyntax _class;

    /// <param name="type">The declared class.</param>
    /// <param name="source">The file in which classes have the names of placeholders.</param>
    /// <param name="others">What stands behind the placeholders for other classes; null for what has no name.</param>
    public SkeletonWriter(TypeDeclaration type, string source, params (string Placeholder, TypeDeclaration? Type)[] others)
    {
        _type = type;
        _name = SkeletonName.Escape(type.Name);
        Thrown = $"new global::System.InvalidOperationException(\"The declaration of {type.Name} has errors: mend them first.\")";
        _names = others.ToDictionary(other => other.Placeholder, other => SkeletonName.Written(other.Type));
        foreach (var (placeholder, other) in others)
            if (type.Accessibility == "public"
                && other is { IsOrdinary: true, Accessibility: not "public" }) _lessAccessible.Add(_names[placeholder]);
        _names.Add(SkeletonName.Class, _name);
        var written = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().First();
        _class = (ClassDeclarationSyntax)new SkeletonRewriter(_names, Thrown, HasBase).Visit(written);
        if (HasBase && SkeletonRewriter.IsTrainer(written)) AddTrainer();
        if (_class.Members.Any(IsNamedAsTheClass)) WithoutNamesake();
        if (HasBase && _class.Members.All(member => NameOf(member) != "Dispose"))
        {
            Add("public void Dispose() { }");
            var disposable = SyntaxFactory.ParseTypeName("global::System.IDisposable");
            _class = _class.AddBaseListTypes(SyntaxFactory.SimpleBaseType(disposable));
        }
    }

    /// <summary>What every body throws.</summary>
    public string Thrown { get; }

    // With a primary constructor the user's part alone could call that of a base class, and no class can override what has its
    // own name.
    private bool HasBase => _type.BaseClass is not null || _type.HasPrimaryConstructor || _type.Name == "forward";

    /// <summary>Adds a member.</summary>
    public void Add(string member) => _class = _class.AddMembers(SyntaxFactory.ParseMemberDeclaration(member)!);

    /// <summary>Adds what a trainer may have by attributes that are not in the file.</summary>
    public void Add(IReadOnlyCollection<AttributeDeclaration> dropped, TypeDeclaration? model)
    {
        if (dropped.Count == 0) return;
        var generous = new GenerousMembers(
            _name, SkeletonName.Written(model), HasBase ? "" : $" : base(nameof({_name}), 0)", Thrown, dropped);
        Keep(member => !GenerousMembers.Replaced.Contains(NameOf(member)));
        var members = _class.Members.Select(member => member switch
        {
            RecordDeclarationSyntax { Identifier.ValueText: "Batch", ParameterList.Parameters.Count: var roles } batch =>
                batch.AddMembers(SyntaxFactory.ParseMemberDeclaration(generous.OfBatch(roles))!),
            RecordDeclarationSyntax { Identifier.ValueText: "Losses", ParameterList.Parameters: var terms } losses =>
                losses.AddMembers(
                [.. generous.OfLosses([.. terms.Select(term => term.Identifier.ValueText)])
                    .Select(term => SyntaxFactory.ParseMemberDeclaration(term)!)]),
            MethodDeclarationSyntax { Identifier.ValueText: "SampleDraws" } draws =>
                draws.WithModifiers(SyntaxFactory.TokenList(draws.Modifiers.Where(modifier =>
                    !modifier.IsKind(SyntaxKind.StaticKeyword)))),
            _ => member,
        }).ToList();
        _class = _class.WithMembers(SyntaxFactory.List(members));
        foreach (string member in generous.Of([.. _class.Members.Select(NameOf).OfType<string>(), _type.Name])) Add(member);
    }

    // The members of the base class that the user's part leaves no room for.
    private void AddTrainer()
    {
        foreach (string member in new[] { "StepCount", "StepsPerEpoch", "Seed" })
            Add($"public long {member} {{ get => throw {Thrown}; set => throw {Thrown}; }}");
        Add($"public void Save(string path) => throw {Thrown};");
        Add($"public void Resume(string path, bool withOtherNumbers = false) => throw {Thrown};");
    }

    /// <summary>Leaves no constructor, where the user's part has one that all others would have to call.</summary>
    public void DropConstructors() => Keep(member => member is not ConstructorDeclarationSyntax);

    /// <summary>The file.</summary>
    public override string ToString()
    {
        if (_lessAccessible.Count > 0)
        {
            Without(type => _lessAccessible.Any(type.NormalizeWhitespace().ToString().Contains));
            _class = _class.WithMembers(SyntaxFactory.List(_class.Members.Select(Lowered)));
        }

        var code = new CodeWriter();
        code.Line("// <auto-generated>");
        code.Line($"// What {_type.Name} will have when its declaration is right. Its errors are reported where it stands.");
        code.Line("// </auto-generated>");
        code.Line("#nullable enable");
        code.Line("#pragma warning disable");
        code.Line();
        if (_type.Namespace.Length > 0) code.Line($"namespace {_type.Namespace};");
        code.Line();
        return code + _class.NormalizeWhitespace(eol: "\n").ToFullString() + "\n";
    }

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        _ => null,
    };

    private void Keep(System.Func<MemberDeclarationSyntax, bool> condition) =>
        _class = _class.WithMembers(SyntaxFactory.List(_class.Members.Where(condition)));

    private bool IsNamedAsTheClass(MemberDeclarationSyntax member) =>
        NameOf(member) == _type.Name && member is not ConstructorDeclarationSyntax;

    // No class has a member of its own name, nor an interface that asks for one other than explicitly.
    private void WithoutNamesake()
    {
        Keep(member => !IsNamedAsTheClass(member));
        if (_type.Name == "Dispose") Add($"void global::System.IDisposable.Dispose() => throw {Thrown};");
        Without(type => type is not QualifiedNameSyntax { Right.Identifier.ValueText: "Module" or "Trainer" or "IDisposable" });
    }

    // What is left of an interface has members that it asks for: those written as its own go with it, and so do those of the
    // interfaces that it brought.
    private void Without(System.Func<TypeSyntax, bool> isDropped)
    {
        if (_class.BaseList is not { } bases || !bases.Types.Any(type => isDropped(type.Type))) return;
        var kept = bases.Types.Where(type => !isDropped(type.Type)).ToList();
        _class = _class.WithBaseList(kept.Count > 0 ? bases.WithTypes(SyntaxFactory.SeparatedList(kept)) : null);
        var names = new HashSet<string>(kept.Select(type => type.Type.ToString())) { "global::System.IDisposable" };
        Keep(member => Specifier(member) is not { } specifier || names.Contains(specifier.Name.ToString()));
    }

    private static ExplicitInterfaceSpecifierSyntax? Specifier(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.ExplicitInterfaceSpecifier,
        PropertyDeclarationSyntax property => property.ExplicitInterfaceSpecifier,
        _ => null,
    };

    // A member cannot be seen by more than can see the types that it names.
    private MemberDeclarationSyntax Lowered(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword) && _lessAccessible.Any(member.NormalizeWhitespace().ToString().Contains)
            ? member.ReplaceToken(member.Modifiers.First(modifier => modifier.IsKind(SyntaxKind.PublicKeyword)),
                SyntaxFactory.Token(SyntaxKind.InternalKeyword))
            : member;
}
