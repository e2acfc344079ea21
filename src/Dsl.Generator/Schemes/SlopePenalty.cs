using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Schemes;

/// <summary>Penalties of the slope of a judge, the gradient of what it gives by its sample.</summary>
internal static class SlopePenalty
{
    /// <summary>A value for each sample in the shape of the samples: [N, 1] with further ones.</summary>
    public static Value OfEach(StepContext step, Value share, Shape samples) => samples.Rank == 2 ? share
        : step.Computation.Add(
            new Reshape(Shape.Of([samples[0], .. Enumerable.Repeat((Dim)1L, samples.Rank - 1)])), "shareOfEach", share);

    /// <summary>The slope at watched samples, a row for each.</summary>
    /// <param name="given">What the judge gives for them, [N, 1].</param>
    public static Value Rows(StepContext step, Value given, Value samples)
    {
        Computation c = step.Computation;
        Value slope = step.GradientOfTerm(c.Add(new SumAll(), "sumOfGiven", given), samples, "slope");
        return samples.Shape.Rank == 2 ? slope : c.Add(
            new Reshape(Shape.Of(samples.Shape[0], samples.Shape.ElementsPerSample)), "slopeRows", slope);
    }
}
