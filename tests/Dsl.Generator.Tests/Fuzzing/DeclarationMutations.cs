using Dsl.Generator.Diagnostics;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>Attributes, arguments and classes deleted, repeated, exchanged, mixed, nested; blocks that use each other.</summary>
internal static class DeclarationMutations
{
    private static readonly string[] Imported =
        [.. ImportedNames.Of(Declared.Compile()).Order(StringComparer.Ordinal)];

    private static readonly string[] TypeArguments =
        ["<>", "<int>", "<string>", "<int[]>", "<T>", "<object, object>", "<dynamic>", "<Missing>", "<Dsl.ReLUAttribute>",
            "<(int, int)>", "<System.Collections.Generic.List<int>>", "<void>", "<int*>", "<nint>", ""];

    private static readonly string[] Marks =
        ["[System.Obsolete]", "[System.Obsolete(\"old\")]", "[System.CLSCompliant(false)]",
            "[System.Obsolete(\"old\", DiagnosticId = \"OLD1\")]"];

    private static readonly string[] Properties =
    [
        "Times", "Weight", "Bias", "Stride", "Padding", "Dilation", "Groups", "Share", "Of", "With", "Name", "Channels",
        "Momentum", "Layers", "Dropout", "Causal", "Rotary", "Temperature", "Backward",
        "OutputShape", "Elements", "Mode", "Epsilon", "LabelSmoothing", "WarmupSteps", "WarmupEpochs", "Mix", "Bidirectional",
        "Features", "Heads", "Gain", "Value", "TypeId",
    ];

    public static readonly (string Name, Func<string, Random, string> Apply)[] All =
    [
        ("delete attribute", (text, random) => Edit<AttributeSyntax>(text, random, _ => "Frozen")),
        ("repeat attribute", (text, random) => Edit<AttributeSyntax>(text, random, attribute => $"{attribute}, {attribute}")),
        ("exchange attributes", Exchange<AttributeSyntax>),
        ("mix in an attribute",
            (text, random) => Edit<AttributeSyntax>(text, random, attribute => $"{attribute}, {Foreign(random)}")),
        ("mix in attributes", (text, random) => Edit<AttributeListSyntax>(
            text, random, list => $"{list}[{Foreign(random)}, {Foreign(random)}, {Foreign(random)}]")),
        ("replace attribute", (text, random) => Edit<AttributeSyntax>(text, random, _ => Foreign(random))),
        ("repeat a layer often", (text, random) => Edit<AttributeSyntax>(
            text, random, attribute => string.Join(", ", Enumerable.Repeat(attribute.ToString(), random.Next(2, 20))))),
        ("delete argument", (text, random) => Edit<AttributeArgumentSyntax>(text, random, _ => "0")),
        ("repeat argument", (text, random) => Edit<AttributeArgumentSyntax>(text, random, argument => $"{argument}, {argument}")),
        ("exchange arguments", Exchange<AttributeArgumentSyntax>),
        ("name an argument otherwise", (text, random) => Edit<NameEqualsSyntax>(text, random, _ => $"{Property(random)} =")),
        ("add an argument", (text, random) =>
            Edit<AttributeArgumentSyntax>(text, random, argument => $"{argument}, {Property(random)} = {random.Next(-1, 9)}")),
        ("delete arguments",
            (text, random) => Edit<AttributeArgumentListSyntax>(text, random, _ => new[] { "", "()" }[random.Next(2)])),
        ("change type argument", ChangeTypeArgument),
        ("change type arguments", (text, random) =>
            Edit<TypeArgumentListSyntax>(text, random, _ => TypeArguments[random.Next(TypeArguments.Length)])),
        ("nest class", (text, random) =>
            Edit<TypeDeclarationSyntax>(text, random, type => $"{Modifiers(random)} {Kind(random)} Outer\n{{\n{type}\n}}")),
        ("nest class in namespace", (text, random) =>
            Edit<TypeDeclarationSyntax>(text, random, type => $"{type}\npublic partial class {type.Identifier}2 {{ {type} }}")),
        ("repeat class", (text, random) => Edit<TypeDeclarationSyntax>(text, random, type => $"{type}\n{type}")),
        ("exchange classes", Exchange<TypeDeclarationSyntax>),
        ("delete class", (text, random) => Edit<TypeDeclarationSyntax>(text, random, _ => "")),
        ("add a part", (text, random) => Edit<TypeDeclarationSyntax>(
            text, random, type => $"{type}\n[{Foreign(random)}] public partial class {type.Identifier};")),
        ("change class", (text, random) => Edit<TypeDeclarationSyntax>(text, random, type =>
            $"{type.AttributeLists} {Modifiers(random)} {Kind(random)} {type.Identifier}{Generic(random)}{Body(type)}")),
        ("make every class otherwise",
            (text, random) => text.Replace("partial class", $"{Modifiers(random)} {Kind(random)}", StringComparison.Ordinal)),
        ("use a block", (text, random) => Edit<AttributeListSyntax>(text, random,
            list => $"{list}[Use<{TypeName(text, random)}>(Times = {random.Next(1, 4)}, Channels = {random.Next(5)})]")),
        ("make a block", (text, random) =>
            Edit<TypeDeclarationSyntax>(text, random, type => $"[Block, Use<{TypeName(text, random)}>] {type}")),
        ("delete statement", (text, random) => Edit<StatementSyntax>(text, random, _ => ";")),
        ("repeat statement", (text, random) => Edit<StatementSyntax>(text, random, statement => $"{statement}\n{statement}")),
        ("exchange expressions", Exchange<ExpressionSyntax>),
        ("delete member", (text, random) => Edit<MemberDeclarationSyntax>(text, random, _ => "")),
        ("mark a class", (text, random) =>
            Edit<TypeDeclarationSyntax>(text, random, type => $"{Marks[random.Next(Marks.Length)]} {type}")),
        ("give a class a member", (text, random) => Edit<TypeDeclarationSyntax>(text, random, type =>
            $"{type}\npublic partial class {type.Identifier} {{ internal "
            + $"{MemberOf(random, Imported[random.Next(Imported.Length)])} }}")),
        ("repeat member", (text, random) => Edit<MemberDeclarationSyntax>(text, random, member => $"{member}\n{member}")),
    ];

    private static string MemberOf(Random random, string name) => new[]
    {
        $"string {name} {{ get; set; }} = \"\";", $"const int {name} = 1;", $"static int {name}(int x) => x;",
        $"class {name} {{ }}", $"enum {name} {{ }}",
    }[random.Next(5)];

    private static string Foreign(Random random) => Corpus.Attributes[random.Next(Corpus.Attributes.Count)];

    private static string Property(Random random) => Properties[random.Next(Properties.Length)];

    private static string Modifiers(Random random) =>
        new[] { "public partial", "internal partial", "partial", "public", "public static partial", "public abstract partial",
            "public sealed partial", "file partial", "private partial", "protected internal partial" }[random.Next(10)];

    private static string Kind(Random random) =>
        new[] { "class", "class", "class", "struct", "record", "record struct", "interface", "enum" }[random.Next(8)];

    private static string Generic(Random random) =>
        random.Next(3) == 0 ? new[] { "<T>", "<T, U>", "<>", "<in T>" }[random.Next(4)] : "";

    private static string Body(TypeDeclarationSyntax type) =>
        type.OpenBraceToken.IsKind(SyntaxKind.None) ? ";" : $"{{ {type.Members} }}";

    private static string TypeName(string text, Random random) =>
        Nodes<TypeDeclarationSyntax>(text) is { Count: > 0 } types ? types[random.Next(types.Count)].Identifier.Text : "Missing";

    private static string ChangeTypeArgument(string text, Random random) =>
        Edit<TypeArgumentListSyntax>(text, random, _ => $"<{TypeName(text, random)}>");

    private static string Edit<T>(string text, Random random, Func<T, string> edit)
        where T : SyntaxNode
    {
        var nodes = Nodes<T>(text);
        if (nodes.Count == 0) return text;
        var node = nodes[random.Next(nodes.Count)];
        return text[..node.SpanStart] + edit(node) + text[node.Span.End..];
    }

    private static string Exchange<T>(string text, Random random)
        where T : SyntaxNode
    {
        var nodes = Nodes<T>(text);
        if (nodes.Count < 2) return text;
        T a = nodes[random.Next(nodes.Count)], b = nodes[random.Next(nodes.Count)];
        if (a.SpanStart > b.SpanStart) (a, b) = (b, a);
        return a.Span.OverlapsWith(b.Span) ? text
            : text[..a.SpanStart] + b + text[a.Span.End..b.SpanStart] + a + text[b.Span.End..];
    }

    private static List<T> Nodes<T>(string text)
        where T : SyntaxNode =>
            [.. CSharpSyntaxTree.ParseText(text, Declared.ParseOptions).GetRoot().DescendantNodes().OfType<T>()];
}
