using System.Collections.Immutable;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>What the compiler makes of the example of a technique, and of the same declaration without the technique.</summary>
/// <param name="Name">The technique.</param>
/// <param name="Declaration">The example.</param>
/// <param name="Files">Its generated files by the names of the types.</param>
/// <param name="Errors">What is wrong with it.</param>
/// <param name="ThroughAutograd">Why a descent has no explicit form; null where all have.</param>
/// <param name="Beside">What the other declaration has in the technique's place; null where there is no other.</param>
/// <param name="OtherFiles">The generated files of the other declaration.</param>
internal sealed record CompiledExample(
    string Name, string Declaration, ImmutableSortedDictionary<string, string> Files, IReadOnlyList<string> Errors,
    string? ThroughAutograd, string? Beside, ImmutableSortedDictionary<string, string>? OtherFiles)
{
    private const string Space = "Examples.Of";

    // What may stand in the place of techniques of a kind, in the order in which it is tried. A step without an objective, an
    // update without an optimizer and an empty policy are errors.
    private static readonly (string Beside, string? Instead, string[] Also, string[]? Kinds)[] Others =
    [
        ("without it", null, [], null),
        ("without the policy", null, ["Augmentation", "Augment"], ["Augmentations"]),
        ("with `[CrossEntropy]` in its place", "CrossEntropy", [], ["Objectives", "Schemes"]),
        ("with `[MeanSquaredError]` in its place", "MeanSquaredError", [], ["Objectives", "Schemes"]),
        ("with `[Sgd]` in its place", "Sgd(0.1)", [], ["Optimizers"]),
    ];

    /// <summary>Every example, compiled together.</summary>
    /// <param name="examples">Declarations by techniques.</param>
    /// <param name="kinds">The kind of each technique.</param>
    public static IReadOnlyDictionary<string, CompiledExample> Of(
        IReadOnlyDictionary<string, string> examples, IReadOnlyDictionary<string, string> kinds)
    {
        var run = new Run(examples);
        var others = new Dictionary<string, (string Beside, ImmutableSortedDictionary<string, string> Files)>();
        foreach (var (beside, instead, also, of) in Others)
        {
            var open = examples
                .Where(example => !others.ContainsKey(example.Key) && of?.Contains(kinds[example.Key]) != false)
                .ToDictionary(example => example.Key, example => Examples.Without(
                    example.Value, [example.Key, .. also], instead));
            var attempt = new Run(open);
            foreach (string name in open.Keys)
            {
                // What changes nothing, or takes a whole type away, is not the same declaration.
                var files = attempt.FilesOf(name);
                if (open[name] == examples[name] || attempt.ErrorsOf(name).Count > 0) continue;
                if (!files.Keys.SequenceEqual(run.FilesOf(name).Keys)) continue;
                others.Add(name, (beside, files));
            }
        }

        return examples.Keys.ToDictionary(name => name, name => new CompiledExample(
            name, examples[name], run.FilesOf(name), [.. run.ErrorsOf(name), .. run.OwnErrorsOf(name)], run.AutogradOf(name),
            others.TryGetValue(name, out var other) ? other.Beside : null, other.Files));
    }

    // One run of the compiler, in which each declaration has a file and a namespace of its own.
    private sealed class Run
    {
        private readonly Lazy<ILookup<string, string>> _ownErrors;
        private readonly ILookup<string, Diagnostic> _found;
        private readonly Dictionary<string, ImmutableSortedDictionary<string, string>> _files;

        public Run(IReadOnlyDictionary<string, string> declarations)
        {
            var compilation = Declared.Compile().AddSyntaxTrees(declarations.Select(declaration => Declared.Tree(
                "using Dsl;\nusing TorchSharp;\nusing static TorchSharp.torch;\n\n"
                    + $"namespace {Space}{declaration.Key};\n\n{declaration.Value}", PathOf(declaration.Key))));
            // What comments refer to is looked up by other tests.
            var parsed = Declared.ParseOptions.WithDocumentationMode(DocumentationMode.Parse);
            var result = Declared.Driver(tracks: false).WithUpdatedParseOptions(parsed).RunGeneratorsAndUpdateCompilation(
                compilation, out var compiled, out _).GetRunResult().Results.Single();
            if (result.Exception is not null) throw new InvalidOperationException("the generator failed", result.Exception);
            _found = result.Diagnostics.ToLookup(found => found.Location.SourceTree?.FilePath ?? "");
            _files = result.GeneratedSources
                .Where(file => file.HintName != StartupEmitter.HintName)
                .GroupBy(file => file.HintName.Split('.')[1]["Of".Length..])
                .ToDictionary(group => group.Key, group => group.ToImmutableSortedDictionary(
                    file => string.Join('.', file.HintName.Split('.')[2..]),
                    file => file.SourceText.ToString().Replace($"global::{Space}{group.Key}.", "", StringComparison.Ordinal),
                    StringComparer.Ordinal));
            _ownErrors = new(() => compiled.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error)
                .ToLookup(found => Technique(found.Location.SourceTree?.FilePath ?? ""), found => found.ToString()));
        }

        public ImmutableSortedDictionary<string, string> FilesOf(string name) =>
            _files.GetValueOrDefault(name, ImmutableSortedDictionary<string, string>.Empty);

        public IReadOnlyList<string> ErrorsOf(string name) =>
        [
            .. _found[PathOf(name)].Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString()),
        ];

        // C#'s own, in the declaration and in what was generated of it.
        public IEnumerable<string> OwnErrorsOf(string name) => _ownErrors.Value[name];

        public string? AutogradOf(string name) => _found[PathOf(name)]
            .FirstOrDefault(found => found.Id == Catalogue.ThroughAutograd.Id)?.GetMessage();

        private static string PathOf(string name) => $"/0/{name}.cs";

        private static string Technique(string path)
        {
            string file = Path.GetFileName(path);
            return file.StartsWith(Space, StringComparison.Ordinal) ? file.Split('.')[1]["Of".Length..]
                : Path.GetFileNameWithoutExtension(file);
        }
    }
}
