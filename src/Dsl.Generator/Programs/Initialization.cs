using System;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>How a parameter starts.</summary>
internal abstract record Initialization
{
    /// <summary>U(−bound, bound) with bound = 1/√fan_in, PyTorch's default for linear and convolutional layers.</summary>
    public sealed record UniformFanIn(long FanIn) : Initialization;

    public sealed record Constant(double Value) : Initialization;

    /// <summary>U(−bound, bound).</summary>
    /// <param name="Origin">Where the bound comes from, for a reader of the generated code; empty when it was declared.</param>
    public sealed record Uniform(double Bound, string Origin = "") : Initialization;

    /// <summary>N(0, deviation²).</summary>
    /// <param name="Origin">Where the deviation comes from, for a reader of the generated code; empty when it was
    /// declared.</param>
    public sealed record Normal(double Deviation, string Origin = "") : Initialization;

    /// <summary>N(0, deviation²) cut off at two deviations on each side.</summary>
    public sealed record TruncatedNormal(double Deviation, string Origin = "") : Initialization;

    /// <summary>As a matrix [out, rest], orthonormal rows or columns times a gain.</summary>
    public sealed record Orthogonal(double Gain, string Origin = "") : Initialization;

    /// <summary>The norms of the rows of another parameter of the layer, which has its values already.</summary>
    /// <param name="Own">How the members of such a parameter end.</param>
    /// <param name="Of">How that of the other one ends.</param>
    public sealed record RowNorms(string Own, string Of) : Initialization;

    /// <summary>Xavier's uniform distribution (Glorot and Bengio 2010, equation 16).</summary>
    public static Initialization Glorot(long fanIn, long fanOut) =>
        new Uniform(Math.Sqrt(6.0 / (fanIn + fanOut)), $"Glorot: sqrt(6/({Spelling.Join(fanIn)} + {Spelling.Join(fanOut)}))");
}

/// <summary>How many inputs an output of a weight has and how many outputs an input, as <c>torch.nn.init</c> counts
/// them.</summary>
internal readonly record struct Fan(long In, long Out)
{
    /// <summary>Of a weight [out, in, k, ...]; null with fewer than two dimensions. A transposed kernel is counted as it is
    /// stored.</summary>
    public static Fan? Of(Shape shape)
    {
        if (shape.Rank < 2) return null;
        long window = shape.Without(0).Without(0).ElementsPerSample;
        return new Fan(shape[1].Factor * window, shape[0].Factor * window);
    }
}
