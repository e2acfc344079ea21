using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>What is wrong with a type that was meant to be a declaration.</summary>
internal sealed record Strays(EquatableArray<Finding> Findings);

/// <summary>
/// What was meant to be a declaration and is none: an attribute or an argument that is misspelt, which C# only calls unknown, and
/// an attribute that says nothing without another one, of which C# says nothing.
/// </summary>
internal sealed class StrayReader(Compilation compilation, CancellationToken cancellation)
{
    private const string Suffix = "Attribute";

    // The language's attributes by the names that users write.
    private static readonly HashSet<string> Known = new(
        typeof(LayerAttribute).Assembly.GetTypes()
            .Where(type => typeof(Attribute).IsAssignableFrom(type) && !type.IsAbstract && type.Namespace == "Dsl")
            .Select(type => Short(type.Name.Split('`')[0])),
        StringComparer.Ordinal);

    // What other libraries call a thing whose name here is not near.
    private static readonly IReadOnlyDictionary<string, string> Synonyms = new Dictionary<string,
    string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Dense"] = "Linear", ["FullyConnected"] = "Linear", ["Conv"] = "Conv2d", ["MaxPooling2D"] = "MaxPool2d",
        ["AveragePooling2D"] = "AvgPool2d", ["MSE"] = "MeanSquaredError", ["MSELoss"] = "MeanSquaredError", ["L1Loss"] = "L1",
        ["MAE"] = "L1", ["NLLLoss"] = "Nll", ["BCE"] = "BinaryCrossEntropy", ["BCELoss"] = "BinaryCrossEntropy",
        ["BCEWithLogitsLoss"] = "BinaryCrossEntropy", ["RandomHorizontalFlip"] = "HorizontalFlip",
        ["RandomVerticalFlip"] = "VerticalFlip", ["Network"] = "Model", ["Module"] = "Model",
    };

    // A project has few names of attributes, and many attributes.
    private static readonly ConcurrentDictionary<string, string?> Nearest = new(StringComparer.Ordinal);

    // What an attribute of a kind needs beside it, by the base classes of both.
    private static readonly (string Kind, string[] Carriers, string Words)[] Needs =
    [
        (nameof(StackElementAttribute), [nameof(ModelAttribute), nameof(BlockAttribute)],
            "[Model(...)], or [Block] for a part of one"),
        (nameof(PretrainedAttribute), [nameof(ModelAttribute), nameof(BlockAttribute)], "[Model(...)] or [Block]"),
        (nameof(UnusedPretrainedAttribute), [nameof(ModelAttribute), nameof(BlockAttribute)], "[Model(...)] or [Block]"),
        (nameof(MixedPrecisionAttribute), [nameof(ModelAttribute)], ModelsClass),
        (nameof(BudgetAttribute), [nameof(ModelAttribute)], ModelsClass),
        (nameof(TermAttribute), [Trainer], "[Trainer<T>] of a model"),
        (nameof(SchemeAttribute), [Trainer], "[Trainer<T>] of a model"),
        (nameof(MixingAttribute), [Trainer], "[Trainer<T>] of a model"),
        (nameof(OptimizerAttribute), [Trainer], "[Trainer<T>] of a model"),
        (nameof(ScheduleAttribute), [Trainer], "[Trainer<T>] of a model"),
        (nameof(RecipeAttribute), [Trainer], "[Trainer<T>] of a model"),
        (nameof(TransformationAttribute), [nameof(AugmentationAttribute), nameof(ImageFolderAttribute)], "[Augmentation]"),
    ];

    private const string Trainer = "TrainerAttribute", ModelsClass = "[Model(...)], on whose class it belongs";

    private readonly Findings _findings = new();
    private readonly List<SiteLocation> _places = [];
    private readonly HashSet<SyntaxTree> _trees = [];

    /// <summary>What is wrong, where it stands, and the files that it stands in.</summary>
    public (EquatableArray<Finding> Findings, IReadOnlyList<SiteLocation> Places, IReadOnlyCollection<SyntaxTree> Trees) Read()
    {
        var types = DeclarationFinder.Carrying(compilation, cancellation)
            .Where(type => type.Names.Any(name => Meant(Short(name)) is not null));
        foreach (var (type, _) in types)
        {
            int before = _places.Count;
            Read(type, compilation.GetSemanticModel(type.SyntaxTree));
            if (_places.Count > before) _trees.Add(type.SyntaxTree);
        }

        return (_findings.ToArray(), _places, _trees);
    }

    /// <summary>The same of one type.</summary>
    public static Located<Strays> Read(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new StrayReader(compilation, cancellation);
        foreach (var part in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>())
            reader.Read(part, compilation.GetSemanticModel(part.SyntaxTree));
        return new Located<Strays>(new Strays(reader._findings.ToArray()), new EquatableArray<SiteLocation>(reader._places));
    }

    private void Read(TypeDeclarationSyntax type, SemanticModel model)
    {
        if (model.GetDeclaredSymbol(type, cancellation) is not { } symbol) return;
        string owner = $"{symbol.ToDisplayString()}?{type.SyntaxTree.FilePath}?{type.SpanStart}";
        bool isMisspelt = false;
        int ordinal = 0;
        foreach (var attribute in type.AttributeLists.SelectMany(list => list.Attributes))
        {
            var site = new Site(owner, ordinal++);
            if (model.GetTypeInfo(attribute, cancellation).Type is not INamedTypeSymbol declared) continue;
            bool isUnknown = declared.TypeKind == TypeKind.Error
                || (declared.IsAbstract && AttributeReader.IsOfThisLanguage(declared));
            if (isUnknown) isMisspelt |= ReadUnknown(attribute, site, symbol);
            else if (AttributeReader.IsOfThisLanguage(declared)) ReadArguments(attribute, declared, site);
        }

        if (!isMisspelt) ReadAlone(symbol, type, owner, model);
    }

    private bool ReadUnknown(AttributeSyntax attribute, Site site, INamedTypeSymbol type)
    {
        // An unknown attribute among none of ours is no business of ours, unless its name leaves no doubt.
        string name = Short(DeclarationFinder.Name(attribute));
        if (Meant(name) is not { } meant || Known.Contains(name)) return false;
        bool isCertain = type.GetAttributes().Any(data => AttributeReader.IsOfThisLanguage(data.AttributeClass))
            || attribute.Parent!.Parent is TypeDeclarationSyntax own && own.AttributeLists.SelectMany(list => list.Attributes)
                .Any(other => other != attribute && Meant(Short(DeclarationFinder.Name(other))) is not null);
        if (!isCertain) return false;
        meant = Sized(meant, attribute);
        Place(site, attribute);
        _findings.Add(Catalogue.UnknownAttribute, site, name, meant).Offer(Fix.Rename(site, meant));
        return true;
    }

    private void ReadArguments(AttributeSyntax attribute, INamedTypeSymbol declared, Site site)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        for (int i = 0; i < arguments.Count; i++)
        {
            string? name = arguments[i].NameEquals?.Name.Identifier.ValueText
                ?? arguments[i].NameColon?.Name.Identifier.ValueText;
            var known = Settings(declared).ToList();
            var parameters = declared.InstanceConstructors.SelectMany(constructor => constructor.Parameters)
                .Select(parameter => parameter.Name);
            bool isKnown = name is null
                || (arguments[i].NameEquals is not null ? known.Contains(name) : parameters.Contains(name));
            if (isKnown) continue;
            var place = site with { Argument = i };
            Place(place, arguments[i]);
            string settings = known.Count == 0 ? "it has none" : $"it has {string.Join(", ", known)}";
            string words = NearName.Of(name!, known) is { } near ? $"did you mean {near} = ...?" : settings;
            _findings.Add(Catalogue.UnknownArgument, place, Short(declared.Name), name!, words);
        }
    }

    /// <summary>What can be set of an attribute, that of its base classes too.</summary>
    private static IEnumerable<string> Settings(INamedTypeSymbol declared)
    {
        for (var type = declared; AttributeReader.IsOfThisLanguage(type); type = type.BaseType!)
        {
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
                if (property is { SetMethod: not null, IsStatic: false }) yield return property.Name;
        }
    }

    private void ReadAlone(INamedTypeSymbol symbol, TypeDeclarationSyntax type, string owner, SemanticModel model)
    {
        var carried = symbol.GetAttributes().Select(data => data.AttributeClass)
            .Where(AttributeReader.IsOfThisLanguage).Select(attribute => attribute!.Name).ToList();
        int ordinal = 0;
        foreach (var attribute in type.AttributeLists.SelectMany(list => list.Attributes))
        {
            var site = new Site(owner, ordinal++);
            if (model.GetTypeInfo(attribute, cancellation).Type is not INamedTypeSymbol declared
                || !AttributeReader.IsOfThisLanguage(declared)) continue;
            var need = Needs.FirstOrDefault(need => DeclarationReader.Derives(declared, need.Kind));
            if (need.Kind is null || need.Carriers.Any(carried.Contains)) continue;
            Place(site, attribute);
            _findings.Add(Catalogue.NothingDeclared, site, Short(declared.Name), symbol.Name, need.Words);
            return;
        }
    }

    // Of layers that differ in their dimensions alone, the one for the model's input: [C, H, W] has two beside its channels.
    private static string Sized(string meant, AttributeSyntax attribute)
    {
        bool hasDimensions = meant.Length > 2 && meant[meant.Length - 1] == 'd' && char.IsDigit(meant[meant.Length - 2]);
        if (!hasDimensions || DeclarationFinder.Name(attribute).Any(char.IsDigit)) return meant;
        string family = meant.Substring(0, meant.Length - 2);
        var sizes = attribute.Parent!.Parent!.ChildNodes().OfType<AttributeListSyntax>().SelectMany(list => list.Attributes)
            .FirstOrDefault(other => Short(DeclarationFinder.Name(other)) == "Model")?.ArgumentList?.Arguments
            .Count(argument => argument.NameEquals is null && argument.NameColon is null);
        string sized = $"{family}{(sizes is 2 or 4 ? sizes - 1 : 2)}d";
        return Known.Contains(sized) ? sized : meant;
    }

    private void Place(Site site, SyntaxNode node) =>
        _places.Add(new SiteLocation(site, node.SyntaxTree.FilePath, node.SpanStart, node.Span.Length));

    private static string? Meant(string name) => Nearest.GetOrAdd(name, unknown =>
        Known.Contains(unknown) ? unknown
        : Synonyms.TryGetValue(unknown, out string? meant) ? meant
        : NearName.Of(unknown, Known.Concat(Synonyms.Keys)) is not { } near ? null
        : Synonyms.TryGetValue(near, out string? other) ? other : near);

    private static string Short(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Suffix.Length
        ? name.Substring(0, name.Length - Suffix.Length) : name;
}
