using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator;

/// <summary>
/// Reports in an editor what the generator reports in a build: the same diagnostics with the same fixes, at every key, to editors
/// that show what analyzers report and nothing of generators. One of the two reports, never both:
/// <see cref="CompilerOptions.AreFindingsAnalyzed"/> says which. A build is left to the generator, since the compiler asks no
/// analyzer where declarations have errors of C#.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FindingAnalyzer : DiagnosticAnalyzer
{
    private readonly ProjectReader _reader = new();

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Catalogue.ById.Values.Where(descriptor => descriptor.DefaultSeverity != DiagnosticSeverity.Hidden)];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A declaration may stand in a file that calls itself generated. The generator reads it too.
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var options = CompilerOptions.Read(start.Options.AnalyzerConfigOptionsProvider, start.Compilation);
            if (!options.AreFindingsAnalyzed) return;
            var project = new Project(start.Compilation, options, _reader);

            // File by file, so that an editor that asks for one file gets all that stands in it.
            start.RegisterSemanticModelAction(file =>
            {
                foreach (var diagnostic in project.In(file.SemanticModel.SyntaxTree, file.CancellationToken))
                    file.ReportDiagnostic(diagnostic);
            });
        });
    }

    /// <summary>The diagnostics of a compilation by file, found when the first file is asked for.</summary>
    internal sealed class Project(Compilation compilation, CompilerOptions options, ProjectReader reader)
    {
        private readonly object _lock = new();
        private ILookup<SyntaxTree?, Diagnostic>? _found;

        public IEnumerable<Diagnostic> In(SyntaxTree tree, CancellationToken cancellation)
        {
            lock (_lock)
            {
                _found ??= ProjectFindings.Of(reader.Read(Written(), cancellation), options, cancellation)
                    .ToLookup(diagnostic => diagnostic.Location.SourceTree);
                return _found[tree];
            }
        }

        // The generator reads a project without what it has made of it: a member of its own would be one that hides a name.
        private Compilation Written() => compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(tree =>
            Path.GetFileName(Path.GetDirectoryName(tree.FilePath)) == typeof(DslGenerator).FullName));
    }
}
