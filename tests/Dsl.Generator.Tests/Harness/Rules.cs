using System.Collections.Immutable;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator.Tests;

/// <summary>
/// Knows every diagnostic and reports none. A test takes from its analyzers what it knows of an id: without this one, the
/// severity of what a generator reports would be compared with that of no descriptor, and nothing would try whether
/// <c>#pragma</c> turns it off.
/// </summary>
#pragma warning disable RS1001 // The attribute is for analyzers that a compiler loads.
internal sealed class Rules : DiagnosticAnalyzer
#pragma warning restore RS1001
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Catalogue.ById.Values];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
    }
}
