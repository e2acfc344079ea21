using System.Collections.Generic;
using System.Linq;
using System.Text;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator;

/// <summary>Wires the incremental pipeline: read, compile, report.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DslGenerator : IIncrementalGenerator
{
    /// <summary>Tracking names of the steps whose values must not depend on unrelated text.</summary>
    internal static readonly string[] Steps =
    [
        "Options", "Startup", "TogetherTrainers",
        .. DeclarationKind.All.SelectMany(kind => new[] { kind.Step, "Compiled" + kind.Step }),
    ];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var options = context.AnalyzerConfigOptionsProvider.Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => CompilerOptions.Read(pair.Left, pair.Right))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => CompilerOptions.HasOnnx(compilation)))
            .Select(static (pair, _) => pair.Left with { ExportsOnnx = pair.Right })
            .WithTrackingName("Options");

        var reader = new ProjectReader();
        var project = context.CompilationProvider.Select(reader.Read);
        var followed = project.Select(static (declared, _) => new EquatableArray<string>(
            declared.Trainers.Select(trainer => trainer.Declaration).Where(Compiler.FollowsBackward)
                .Select(trainer => trainer.Model?.Type.FullName).OfType<string>().Distinct()));
        var running = new List<IncrementalValueProvider<bool>>();
        foreach (var kind in DeclarationKind.All)
        {
            var isWritten = kind.Register(context, project, options, followed);
            if (kind.Runs) running.Add(isWritten);
        }

        RegisterStartup(context, running.Aggregate(
            static (any, next) => any.Combine(next).Select(static (pair, _) => pair.Left || pair.Right)));
        context.RegisterSourceOutput(project.Combine(options), static (output, input) =>
        {
            var (declared, settings) = input;
            if (!declared.Unreadable.IsEmpty) GeneratorOutput.Report(output, declared.Unreadable, declared, settings);
        });
    }

    // A program may call TorchSharp before it touches a model: what has to stand before libtorch loads is the assembly's first
    // act.
    private static void RegisterStartup(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<bool> runs)
    {
        context.RegisterImplementationSourceOutput(runs.WithTrackingName("Startup"), static (output, any) =>
        {
            if (any) output.AddSource(StartupEmitter.HintName, SourceText.From(StartupEmitter.Source, Encoding.UTF8));
        });
    }
}
