using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Graph;

/// <summary>Normal distributions in one value: means μ, then numbers r of which deviations are log(1 + e^(r − 5)).</summary>
internal static class NormalCode
{
    // With it deviations start small, and training as that of a network without noise.
    private const double Shift = -5;

    /// <summary>Whether a dimension has two halves.</summary>
    public static bool HasHalves(Shape shape) => shape.Rank > 1 && shape[-1].IsKnown && shape[-1].Factor % 2 == 0;

    /// <summary>μ and the deviations, each half of the last dimension.</summary>
    public static (Value Mean, Value Deviation) Halves(Computation c, Value code, string name)
    {
        int last = code.Shape.Rank - 1;
        long width = code.Shape[last].Factor / 2;
        Value mean = c.Add(new Slice(last, 0, width), name + "Mean", code);
        Value raw = c.Add(new AddNumber(Shift), name + "Raw", c.Add(new Slice(last, width, width), name + "Second", code));
        return (mean, c.Add(Softplus.Exact, name + "Deviation", raw));
    }
}
