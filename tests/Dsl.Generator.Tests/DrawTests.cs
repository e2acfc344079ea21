using Dsl.Generator.Graph;
using Dsl.Generator.Programs;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Every kind of random number: its call, and the shape of what comes.</summary>
public class DrawTests
{
    private static readonly Dim Images = Dim.Batch("N");

    [Fact]
    public void Calls_and_shapes()
    {
        Check(new DrawnIntegers("Shift", Images, 2, 3, ""), "Integers(3, n, 2)", "[N, 2]", ElementType.Int64);
        Check(new DrawnReals("Angle", Images, 0, -0.5, new Scalar.Named("Largest"), ""), "Uniform(-0.5, Largest, n)", "[N]",
            ElementType.Float);
        Check(new DrawnReals("Shares", Images, 2, 0, 1, ""), "Uniform(0, 1, n, 2)", "[N, 2]", ElementType.Float);
        Check(new DrawnNormals("Noise", Images, Shape.Of(1, 8, 8), ""), "Normal(n, 1, 8, 8)", "[N, 1, 8, 8]", ElementType.Float);
        Check(new DrawnEvents("Flip", Images, 0, 0.5, ""), "Events(0.5, n)", "[N]", ElementType.Bool);
        Check(new DrawnPermutation("Partner", Images, ""), "Permutation(n)", "[N]", ElementType.Int64);
        Check(new DrawnBeta("Lambda", new Scalar.Named("Alpha"), 2.5, ""), "Beta(Alpha, 2.5)", "[]", ElementType.Float);
        Check(new DrawnBetas("Share", Images, new Scalar.Named("Alpha"), 2.5, ""), "Betas(Alpha, 2.5, n)", "[N]",
            ElementType.Float);
        Check(new DrawnWeights("Weights", Images, 3, 1, ""), "Dirichlet(1, n, 3)", "[N, 3]", ElementType.Float);
        Check(new DrawnInteger("Row", 8, ""), "Integers(8)", "[]", ElementType.Int64);
        Check(new DrawnEvent("Happens", 0.5, ""), "Events(0.5)", "[]", ElementType.Bool);
    }

    private static void Check(DrawnNumbers draw, string call, string shape, ElementType element)
    {
        Assert.Equal(call, draw.Sample("n"));
        Assert.Equal(shape, draw.Type.Shape.ToString());
        Assert.Equal(element, draw.Type.Element);
        Assert.NotNull(typeof(Dsl.Runtime.DrawSampler).GetMethod(call[..call.IndexOf('(')]));
    }
}
