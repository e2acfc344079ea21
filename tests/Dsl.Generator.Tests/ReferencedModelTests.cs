using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>A model that was compiled into another assembly can be trained: its attributes say what it is.</summary>
public class ReferencedModelTests
{
    [Fact]
    public void Trainer_of_a_model_in_another_assembly()
    {
        Declared.Driver().RunGeneratorsAndUpdateCompilation(
            Declared.Compile(Samples.Header + Samples.Cnn + Samples.Residual), out var library, out var reported);
        Assert.Empty(reported);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);

        var program = Declared.Compile("""
            using Dsl;
            using Demo;
            [Trainer<Cnn>, CrossEntropy, Adam, Epochs(1)] public partial class CnnTrainer;
            [Trainer<SmallResNet>, Distill, Adam, Epochs(1)] public partial class ResNetTrainer;
            """).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Declared.Driver().RunGeneratorsAndUpdateCompilation(program, out var output, out reported);
        Assert.Empty(reported);
        Assert.DoesNotContain(output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        // The program, its two trainers and its startup.
        Assert.Equal(4, output.SyntaxTrees.Count());
        Assert.Contains("global::Demo.Cnn model", output.SyntaxTrees.First(
            tree => tree.FilePath.Contains("CnnTrainer", StringComparison.Ordinal)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_this_compiler_cannot_read_is_reported_at_its_trainer()
    {
        // Compiled without the generator, as by a version that had other rules.
        using var image = new MemoryStream();
        Assert.True(Declared.Compile("using Dsl; namespace Demo; [Model(4), Conv2d(8, 3)] public partial class Odd;")
            .Emit(image).Success);
        var program = Declared.Compile(
            "using Dsl; [Trainer<Demo.Odd>, CrossEntropy, Adam, Epochs(1)] public partial class OddTrainer;")
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var diagnostic = Assert.Single(Declared.Driver().RunGenerators(program).GetRunResult().Diagnostics);
        Assert.Equal("DSL212", diagnostic.Id);
    }
}
