using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>A second file of each model, which writes it as ONNX, for projects that have the package and for no others.</summary>
public class OnnxCodeTests
{
    private const string Net = "[Dsl.Model(4), Dsl.Linear(3)] public partial class Net;";

    private const string Opaque = """
        using Dsl;
        using static TorchSharp.torch;
        [Model(4, OutputShape = new[] { 4 })] public partial class Net
        {
            [Linear(4)] private partial Tensor Step([Shape(4)] Tensor x);
            public int Times { get; set; } = 2;
            public Tensor Forward(Tensor x)
            {
                for (int i = 0; i < Times; i++) x = Step(x);
                return x;
            }
        }
        """;

    [Fact]
    public void A_project_without_the_package_gets_no_such_file() =>
        Assert.Empty(Files(Declared.Compile(Net)));

    [Fact]
    public void The_file_adds_nodes_from_the_model_s_own_computation()
    {
        string file = Assert.Single(Files(WithPackage(Net)));
        Assert.Contains("public void ExportOnnx(string path, OnnxOptions? options = null)", file, StringComparison.Ordinal);
        Assert.Contains("onnx.Node(\"Gemm\", input, onnx.State(\"0.weight\"), onnx.State(\"0.bias\")).With(\"transB\", 1)", file,
            StringComparison.Ordinal);
        Assert.Contains("onnx.Output(\"output\", linear0, \"N\", 3);", file, StringComparison.Ordinal);
    }

    [Fact]
    public void What_depends_on_no_input_is_computed_before()
    {
        string file = Assert.Single(Files(WithPackage(
            "[Dsl.Model(4), Dsl.Linear(3, Normalize = Dsl.WeightNormalization.Weight)] public partial class Net;")));
        Assert.Contains("NormalizedWeights.Of(onnx.Tensor(\"0.weight_v\"), onnx.Tensor(\"0.weight_g\"))", file,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_forward_pass_that_is_not_read_is_refused_when_it_is_called()
    {
        string file = Assert.Single(Files(WithPackage(Opaque)));
        Assert.Contains("throw new NotSupportedException(", file, StringComparison.Ordinal);
        Assert.DoesNotContain("WriteOnnx", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_declaration_keeps_the_member()
    {
        string file = Assert.Single(Files(WithPackage("[Dsl.Model(4), Dsl.Conv2d(3, 3)] public partial class Net;")));
        Assert.Contains("public void ExportOnnx(", file, StringComparison.Ordinal);
        Assert.Contains("throw new InvalidOperationException(", file, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files(CSharpCompilation program) =>
        Declared.Driver().RunGenerators(program).GetRunResult().GeneratedTrees
            .Where(tree => tree.FilePath.EndsWith(".Onnx.g.cs", StringComparison.Ordinal)).Select(tree => tree.ToString());

    // The compiler looks for the assembly's name alone.
    private static CSharpCompilation WithPackage(string source)
    {
        using var image = new MemoryStream();
        var program = Declared.Compile(source);
        var package = CSharpCompilation.Create(CompilerOptions.OnnxAssembly, [], program.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(package.Emit(image).Success);
        return program.AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
    }
}
