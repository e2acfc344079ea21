using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>The attributes of the language as their own documentation explains them.</summary>
internal static partial class Words
{
    /// <summary>Every attribute by its name.</summary>
    public static IReadOnlyDictionary<string, Word> Of(string root)
    {
        var trees = Directory.EnumerateFiles(
                Path.Combine(root, "src", "Dsl.Attributes"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)
                .Any(part => part is "obj" or "bin"))
            .Select(path => Declared.Tree(File.ReadAllText(path), path));
        var language = CSharpCompilation.Create(
            "Language", trees.Append(Declared.Tree("global using System;", "Usings.cs")), Declared.References,
            Declared.CompilationOptions);
        return language.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
            .Select(declared => language.GetSemanticModel(declared.SyntaxTree).GetDeclaredSymbol(declared)!)
            .Where(type => type is { IsSealed: true, IsStatic: false }
                && type.Name.EndsWith("Attribute", StringComparison.Ordinal))
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default).Select(Read)
            .GroupBy(word => word.Name).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    private static Word Read(INamedTypeSymbol type)
    {
        var documentation = Documentation(type);
        string summary = Markdown(documentation.Element("summary")), remarks = Markdown(documentation.Element("remarks"));
        string name = Short(type.Name);
        return new Word(
            name, summary, remarks,
            [
                .. documentation.Elements("typeparam")
                    .Select(element => (element.Attribute("name")!.Value, Markdown(element)))
            ],
            [.. Settings(type).OrderBy(setting => setting.Default == "given" ? 0 : 1)],
            [
                .. Citation().Matches(summary + "\n" + remarks)
                    .Select(match => Space().Replace(match.Groups["source"].Value, " ")).Distinct()
            ]);
    }

    private static IEnumerable<Setting> Settings(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var part = type; part is not null && part.ContainingNamespace.Name == "Dsl"; part = part.BaseType)
        {
            foreach (var property in part.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.DeclaredAccessibility != Accessibility.Public || !seen.Add(property.Name)) continue;
                string range = property.GetAttributes()
                    .FirstOrDefault(attribute => attribute.AttributeClass!.Name == "IntervalAttribute")
                    ?.ConstructorArguments[0].Value as string ?? "";
                yield return new Setting(
                    property.Name, Markdown(Documentation(property).Element("summary")), range, Default(type, property));
            }
        }
    }

    // What a constructor takes is what its parameter has; what it takes without a default must be said.
    private static string Default(INamedTypeSymbol type, IPropertySymbol property)
    {
        var declared = (PropertyDeclarationSyntax)property.DeclaringSyntaxReferences[0].GetSyntax();
        if (declared.Initializer is { } initializer) return initializer.Value.ToString();
        if (property.SetMethod is { DeclaredAccessibility: Accessibility.Public })
        {
            return property.Type switch
            {
                { SpecialType: SpecialType.System_Boolean } => "false",
                { SpecialType: SpecialType.System_String or SpecialType.System_Object } or IArrayTypeSymbol => "none",
                { TypeKind: TypeKind.Enum } => property.Type.GetMembers().OfType<IFieldSymbol>()
                    .First(field => field.HasConstantValue && Convert.ToInt64(field.ConstantValue) == 0) is var first
                        ? $"{property.Type.Name}.{first.Name}" : "",
                _ => "0",
            };
        }

        var parameter = type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(
            candidate => string.Equals(candidate.Name, property.Name, StringComparison.OrdinalIgnoreCase));
        if (parameter is null || !parameter.HasExplicitDefaultValue) return "given";
        return ((ParameterSyntax)parameter.DeclaringSyntaxReferences[0].GetSyntax()).Default!.Value.ToString();
    }

    private static XElement Documentation(ISymbol symbol) =>
        symbol.GetDocumentationCommentXml() is { Length: > 0 } text ? XElement.Parse($"<all>{text}</all>") is var all
            && all.Element("member") is { } member ? member : all : new XElement("none");

    private static string Markdown(XElement? element)
    {
        if (element is null) return "";
        string text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText plain => plain.Value.Replace("<", "&lt;", StringComparison.Ordinal),
            XElement { Name.LocalName: "see" or "seealso" } link when link.Value.Length > 0 => $"`{link.Value}`",
            XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } link => $"`{Target(link)}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "para" } paragraph => $"\n\n{Markdown(paragraph)}\n\n",
            XElement { Name.LocalName: "list" } list =>
                string.Concat(list.Elements("item").Select(item => $"\n\n- {Markdown(item)}")) + "\n\n",
            XElement { Name.LocalName: "code" } code => $"`{code.Value.Trim()}`",
            XElement other => Markdown(other),
            _ => "",
        }));
        return Paragraphs().Replace(string.Join("\n", text.Split('\n').Select(line => line.Trim())), "\n\n").Trim();
    }

    // P:Dsl.FixMatchAttribute`2.Threshold is Threshold, T:Dsl.LdamAttribute is Ldam.
    private static string Target(XElement link)
    {
        string target = (link.Attribute("cref") ?? link.Attribute("name") ?? link.Attribute("langword"))?.Value ?? "";
        string path = target.Contains(':') ? target[2..] : target;
        if (path.IndexOf('(') is var arguments and >= 0) path = path[..arguments];
        string name = path.Split('.')[^1].Split('`')[0];
        return target.StartsWith("F:", StringComparison.Ordinal) ? string.Join(".", path.Split('.')[^2..]) : Short(name);
    }

    private static string Short(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;

    [GeneratedRegex(@"\((?<source>[^()]*\b(19|20)\d\d\b[^()]*)\)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\n{2,}")]
    private static partial Regex Paragraphs();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
