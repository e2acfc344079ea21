using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>
/// Cases that are compiled together, each in a namespace of its own, since references and their symbols cost more than a case.
/// What must hold of each is in <see cref="Failures"/>.
/// </summary>
internal sealed class FuzzBatch(IReadOnlyList<FuzzCase> cases, (string Key, string Value)[] options, FuzzProject project)
{
    /// <summary>How long it may take for one; a hundred times what the slowest takes, since the machine has other work.</summary>
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take for each of a batch on average before they are timed one by one.</summary>
    private static readonly TimeSpan MeanLimit = TimeSpan.FromSeconds(0.1);

    private readonly CSharpCompilation _compilation = project.Empty.AddSyntaxTrees(cases.Select(item => item.Tree(project)));

    /// <summary>How many cases were generated code that compiles, a diagnostic of ours, or a mistake in C# alone.</summary>
    public (int Compiled, int Refused, int NotCSharp) Counts { get; private set; }

    /// <summary>What the generator makes of the cases: an edit where <paramref name="driver"/> has run on other ones.</summary>
    public GeneratorDriver Run(GeneratorDriver driver)
    {
        var run = Task.Run(() => driver.RunGenerators(_compilation));
        return run.Wait(cases.Count * CaseLimit) ? run.Result
            : throw new TimeoutException($"the generator does not end:\n{string.Join("\n\n", cases)}");
    }

    /// <summary>The cases of which something does not hold, each with what it is.</summary>
    public IReadOnlyList<string> Failures()
    {
        long start = Environment.TickCount64;
        var result = Run(project.Driver(options)).GetRunResult().Results[0];
        if (result.Exception is not null
            || Environment.TickCount64 - start > (CaseLimit + (cases.Count * MeanLimit)).TotalMilliseconds)
        {
            if (cases.Count > 1) return Alone();
            return [$"{(result.Exception is null ? "the generator takes too long" : result.Exception.ToString())}\n{cases[0]}"];
        }

        var failures = new List<(FuzzCase? Case, string Text)>();
        var refused = new HashSet<FuzzCase>();
        foreach (var diagnostic in result.Diagnostics)
        {
            if (cases.FirstOrDefault(item => item.Path == diagnostic.Location.SourceTree?.FilePath) is not { } found)
                failures.Add((null, $"a diagnostic without a place: {diagnostic}"));
            else if (Problem(diagnostic) is { } problem)
                failures.Add((found, $"{problem}: {diagnostic}\n{found}"));
            else if (diagnostic.Severity == DiagnosticSeverity.Error)
                refused.Add(found);
        }

        var wrong = _compilation.GetDiagnostics()
            .Where(error => error.Severity == DiagnosticSeverity.Error && !IsOfMissingCode(error))
            .Select(error => error.Location.SourceTree?.FilePath).ToHashSet();
        var sound = cases.Where(item => !refused.Contains(item) && !wrong.Contains(item.Path)).ToList();
        Counts = (sound.Count, refused.Count, cases.Count - sound.Count - refused.Count);
        failures.AddRange(
            sound.SelectMany(item => Missing(item, result.GeneratedSources).Select(text => ((FuzzCase?)item, text))));
        failures.AddRange(Uncompilable(sound, result.GeneratedSources));

        // A brace too many ends a namespace, and what follows it is everyone's: what counts is what a case does alone.
        return cases.Count == 1 || failures.Any(failure => failure.Case is null)
            ? [.. failures.Select(failure => failure.Text)]
            : [.. failures.Select(failure => failure.Case!).Distinct()
                .SelectMany(item => new FuzzBatch([item], options, project).Failures())];
    }

    /// <summary>The text of each generated file, and each diagnostic, in a form that compares.</summary>
    public static IReadOnlyList<string> Text(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results[0];
        return [.. result.GeneratedSources.Select(file => file.HintName + "\n" + file.SourceText),
            .. result.Diagnostics.Select(found => found.ToString())];
    }

    private IReadOnlyList<string> Alone()
    {
        var failures = cases.SelectMany(item => new FuzzBatch([item], options, project).Failures()).ToList();
        return failures.Count > 0 ? failures : [$"the generator fails on these together:\n{string.Join("\n\n", cases)}"];
    }

    /// <summary>Before code is generated, partial methods of a model have no body.</summary>
    private static bool IsOfMissingCode(Diagnostic error) =>
        error.Id == "CS8795" && error.Location.SourceTree!.GetRoot().FindNode(error.Location.SourceSpan)
        .FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.SyntaxTree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Any(part => part.Identifier.ValueText == type.Identifier.ValueText && part.AttributeLists.SelectMany(
                list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Model"));

    private static string? Problem(Diagnostic diagnostic) => diagnostic.Id == "DSL901" ? "a mistake of the compiler"
        : !diagnostic.Location.IsInSource || diagnostic.Location.SourceSpan.End > diagnostic.Location.SourceTree!.Length
        ? "no place in the text"
        : diagnostic.AdditionalLocations.Any(place => !place.IsInSource) ? "no second place in the text"
        : null;

    /// <summary>What was not reported must have been generated.</summary>
    private IEnumerable<string> Missing(FuzzCase item, ImmutableArray<GeneratedSourceResult> files)
    {
        return Types((INamespaceOrTypeSymbol?)_compilation.GlobalNamespace.GetMembers(item.Namespace).FirstOrDefault())
            .SelectMany(type => Kinds(type).Select(kind => (Name: type.ToDisplayString(), Kind: kind)))
            .Select(file => HintNames.Of(file.Name, file.Kind, [file.Name]).Replace(".g.cs", "", StringComparison.Ordinal))
            .Where(file => !files.Any(generated => generated.HintName.StartsWith(file, StringComparison.Ordinal)))
            .Select(file => $"neither {file} nor a diagnostic\n{item}");

        static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol? container) =>
            container is null ? [] : container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(member).Prepend(type) : Types(member));

        static IEnumerable<string> Kinds(INamedTypeSymbol type) => type.GetAttributes()
            .Where(attribute =>
                attribute.AttributeClass is { Name: "ModelAttribute" or "TrainerAttribute", ContainingNamespace.Name: "Dsl" })
            .Select(attribute => attribute.AttributeClass!.Name.Replace("Attribute", "", StringComparison.Ordinal));
    }

    private IEnumerable<(FuzzCase? Case, string Text)> Uncompilable(
        List<FuzzCase> sound, ImmutableArray<GeneratedSourceResult> files)
    {
        var names = sound.ToDictionary(item => item.Namespace);
        var generated = files.Where(file => names.ContainsKey(Owner(file.HintName)))
            .ToDictionary(file => file.SyntaxTree, file => names[Owner(file.HintName)]);
        var output = project.Empty.AddSyntaxTrees(sound.Select(item => item.Tree(project))).AddSyntaxTrees(generated.Keys);
        foreach (var diagnostic in output.GetDiagnostics())
        {
            var tree = diagnostic.Location.SourceTree;
            bool isOurs = tree is not null && generated.ContainsKey(tree);
            if (diagnostic.Severity == DiagnosticSeverity.Error || (isOurs && diagnostic.Severity == DiagnosticSeverity.Warning))
            {
                var item = isOurs ? generated[tree!] : sound.FirstOrDefault(item => item.Path == tree?.FilePath);
                yield return (item, $"generated code does not compile: {diagnostic}\n{item}");
            }
        }
    }

    private static string Owner(string hintName) => hintName[..hintName.IndexOf('.', StringComparison.Ordinal)];
}
