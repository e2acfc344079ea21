using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>
/// What is asserted of a generator that runs again. It takes a driver of our own: the testing package runs a generator once and
/// does not look into its steps.
/// </summary>
internal static partial class Verify
{
    /// <summary>Edits that concern no declaration re-run no step behind the reading of declarations.</summary>
    public static void Cacheable(string source)
    {
        var compilation = Declared.Compile(source, "class Unrelated;");
        var driver = Declared.Driver().RunGenerators(compilation);
        foreach (string step in DslGenerator.Steps)
        {
            foreach (var output in driver.GetRunResult().Results[0].TrackedSteps[step].SelectMany(run => run.Outputs))
                AssertNoRoslynObjects(output.Value, step);
        }

        Rerun("the same compilation", compilation.Clone());
        var edited = Declared.Tree("class Unrelated { int x; }", "/0/File1.cs");
        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], edited);
        Rerun("an edit in another file", compilation);
        var moved = Declared.Tree("// moved\n\n" + source, "/0/File0.cs");
        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], moved);
        Rerun("a declaration two lines further down", compilation);

        void Rerun(string edit, CSharpCompilation next)
        {
            driver = driver.RunGenerators(next);
            var steps = driver.GetRunResult().Results[0].TrackedSteps;
            foreach (string step in DslGenerator.Steps)
            {
                foreach (var (_, reason) in steps[step].SelectMany(run => run.Outputs))
                {
                    Assert.True(
                        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                        $"{edit}: {step} was {reason}");
                }
            }
        }
    }

    private static void AssertNoRoslynObjects(object? root, string step)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Visit(root, root?.GetType().Name ?? "null");

        void Visit(object? node, string path)
        {
            if (node is null or string || node.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(node)) return;
            Assert.False(
                node is Microsoft.CodeAnalysis.Compilation or ISymbol or SyntaxNode or SyntaxTree or SemanticModel
                    or Location or AttributeData or Diagnostic,
                $"step {step} holds a {node.GetType().Name} at {path}");
            if (node is IEnumerable items)
                foreach (object? item in items) Visit(item, path + "[]");
            for (Type? type = node.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            {
                const BindingFlags own =
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                foreach (var field in type.GetFields(own))
                    if (!field.FieldType.IsPointer) Visit(field.GetValue(node), $"{path}.{field.Name}");
            }
        }
    }
}
