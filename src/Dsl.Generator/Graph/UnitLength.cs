using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Graph;

/// <summary>Vectors by their direction alone.</summary>
internal static class UnitLength
{
    // max(‖x‖, ε) as the root of max(‖x‖², ε²), whose derivative exists at 0 too.

    /// <summary>x/max(‖x‖₂, ε) along a dimension.</summary>
    public static Value Along(Computation computation, Value x, int dimension, double epsilon, string name)
    {
        Value square = computation.Add(new Square(), name + "Square", x);
        Value sum = computation.Add(new SumOver(new([dimension]), Keep: true), name + "Sum", square);
        Value clamped = computation.Add(new ClampMinimum(epsilon * epsilon), name + "Clamped", sum);
        return computation.Add(
            new Multiply(), name, x, computation.Add(new InverseRoot(), name + "InverseNorm", clamped));
    }
}
