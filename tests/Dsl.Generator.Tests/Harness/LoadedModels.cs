using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Declarations compiled, with what the generator adds, into an assembly of this process.</summary>
internal static class LoadedModels
{
    private static int _loaded;

    public static Assembly Load(string source)
    {
        // A process loads one assembly of a name.
        var compilation = Declared.Compile(source).WithAssemblyName($"Declared{Interlocked.Increment(ref _loaded)}");
        Declared.Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported);
        Assert.Empty(reported.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info));
        using var image = new MemoryStream();
        var emitted = output.Emit(image);
        Assert.True(emitted.Success,
            string.Join("\n", emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
