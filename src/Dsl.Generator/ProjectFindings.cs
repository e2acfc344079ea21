using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator;

/// <summary>
/// What the generator finds in a project, for those who ask an analyzer. Where the generator has compiled a declaration in the
/// same process, nothing is compiled a second time: findings depend on the declaration's value and the options alone.
/// </summary>
internal static class ProjectFindings
{
    // An editor leaves behind a declaration with every key; more than these are those of large solutions.
    private const int MaximumKept = 4096;

    private static readonly ConcurrentDictionary<(object Declaration, CompilerOptions Options), EquatableArray<Finding>> Kept =
        new();

    /// <summary>What a compilation of the generator found, kept where an analyzer is going to ask.</summary>
    public static Compiled Keep(object declaration, CompilerOptions options, Compiled compiled)
    {
        if (options.AreFindingsAnalyzed) Keep(declaration, options, compiled.Findings);
        return compiled;
    }

    /// <summary>The generator's diagnostics, in its order, made of the reading that it would make.</summary>
    public static ImmutableArray<Diagnostic> Of(
        ProjectDeclarations project, CompilerOptions options, CancellationToken cancellation)
    {
        var table = new SiteTable(project.Locations, project.Trees);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var kind in DeclarationKind.All) Report(kind.Find(project, options, Known));
        Report(project.Unreadable);
        return found.ToImmutable();

        void Report(IEnumerable<Finding> findings) => found.AddRange(Diagnose(findings, table));

        EquatableArray<Finding> Known(object declaration, Func<Compiled> compile)
        {
            cancellation.ThrowIfCancellationRequested();
            return Kept.TryGetValue((declaration, options), out var known) ? known
                : Keep(declaration, options, compile().Findings);
        }
    }

    /// <summary>Findings as diagnostics with their fixes; a block that two models use has its faults once.</summary>
    public static IEnumerable<Diagnostic> Diagnose(IEnumerable<Finding> findings, SiteTable table) =>
        findings.Distinct().Select(finding =>
            FixProperties.Diagnose(Catalogue.ById[finding.Id], finding, finding.Arguments, table.Find));

    private static EquatableArray<Finding> Keep(object declaration, CompilerOptions options, EquatableArray<Finding> findings)
    {
        if (Kept.Count >= MaximumKept) Kept.Clear();
        return Kept[(declaration, options)] = findings;
    }
}
