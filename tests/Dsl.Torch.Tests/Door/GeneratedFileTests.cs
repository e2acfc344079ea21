using AtenGenerator;

namespace Dsl.Torch.Tests.Door;

public class GeneratedFileTests
{
    [Fact]
    public void The_generated_wrappers_are_current()
    {
        var shim = new Shim(Path.Combine(AppContext.BaseDirectory, "libdsl_torch.so"));
        Assert.Null(new GeneratedFile(Root(), shim).Staleness());
    }

    [Theory]
    [InlineData("aten::relu(Tensor self) -> Tensor", "relu", "", 1, 1)]
    [InlineData("aten::add.out(Tensor self, Tensor other, *, Scalar alpha=1, Tensor(a!) out) -> Tensor(a!)", "add", "out", 4, 1)]
    [InlineData("aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", "max", "dim", 3, 2)]
    [InlineData("aten::_foreach_zero_(Tensor(a!)[] self) -> ()", "_foreach_zero_", "", 1, 0)]
    [InlineData("aten::einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor", "einsum", "", 3, 1)]
    public void Schemas_are_read(string text, string name, string overload, int parameters, int results)
    {
        var schema = SchemaParser.Parse(text);
        Assert.Equal((name, overload), (schema.Name, schema.Overload));
        Assert.Equal((parameters, results), (schema.Parameters.Count, schema.Results.Count));
    }

    [Fact]
    public void Details_of_types_are_read()
    {
        var schema = SchemaParser.Parse(
            "aten::f(Tensor(a!) self, Tensor?[] indices, int[2]? size=[1, 2], *, str mode=\"a,b\", Tensor(b!) out) -> (Tensor(a!), Tensor(b!))");
        Assert.True(schema.Parameters[0].Type.IsWritten && !schema.Parameters[0].IsOut);
        Assert.True(schema.Parameters[1].Type is { IsList: true, IsElementOptional: true, IsOptional: false });
        Assert.True(schema.Parameters[2] is { Default: "[1, 2]", Type: { IsList: true, IsOptional: true, Name: "int" } });
        Assert.Equal("\"a,b\"", schema.Parameters[3].Default);
        Assert.True(schema.IsOutVariant);
        Assert.Empty(schema.NewResults);
    }

    [Fact]
    public void Unknown_operators_and_repetitions_are_refused()
    {
        var known = new Dictionary<string, Schema> { ["relu"] = SchemaParser.Parse("aten::relu(Tensor self) -> Tensor") };
        Assert.Single(OperatorList.Resolve(["# comment", "", "relu"], known));
        Assert.Contains("nonsense", Assert.Throws<FormatException>(() => OperatorList.Resolve(["nonsense"], known)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => OperatorList.Resolve(["relu", "relu"], known));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Dsl.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
