using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Objectives;

/// <summary>Distances between all samples of a batch.</summary>
internal static class Distances
{
    // Below it the root's derivative is of no use; a distance that small is 0.
    private const double LeastSquare = 1e-12;

    /// <summary>The vectors that are compared, [N, D].</summary>
    public static Value Vectors(MetricObjectiveAttribute attribute, Comparison compared)
    {
        if (attribute.Normalize) compared.Step.Trainer.EmbeddingDistance = "EmbeddingDistance.Cosine";
        return attribute.Normalize ? compared.Step.Direction(compared.Result, "directions") : compared.Result;
    }

    /// <summary>‖a − b‖² for each two rows, [N, N].</summary>
    public static Value Squared(Comparison compared, Value vectors)
    {
        Computation c = compared.Computation;
        Value squares = c.Add(new Sum(1), "squaredLengths", c.Add(new Square(), "squaredComponents", vectors));
        Value sums = c.Add(new Add(), "lengthSums",
            c.Add(new Unsqueeze(1), "lengthColumn", squares), c.Add(new Unsqueeze(0), "lengthRow", squares));
        Value products = c.Add(new Scale(2), "doubledProducts", c.Add(new Linear(), "products", vectors, vectors));

        // What rounding leaves of a sample's distance from itself can be less than 0.
        return c.Add(
            new ClampMinimum(LeastSquare), "squaredDistances", c.Add(new Subtract(), "distanceDifferences", sums, products));
    }

    /// <summary>‖a − b‖ for each two rows, [N, N].</summary>
    public static Value Euclidean(Comparison compared, Value vectors) =>
        compared.Computation.Add(new SquareRoot(), "distances", Squared(compared, vectors));

    /// <summary>A function of which samples are of a class.</summary>
    public static Value Mask(Comparison compared, string function, string name, Shape shape, Value like) =>
        compared.Computation.Add(new RuntimeFunction($"MinedTriplets.{function}", default, shape), name, compared.Identity, like);

    /// <summary>The mean of losses over where a mask is 1.</summary>
    public static Value Mean(Comparison compared, string name, Value losses, Value mask, Value? count = null)
    {
        Computation c = compared.Computation;
        Value sum = c.Add(new SumAll(), name + "Sum", c.Add(new Multiply(), name + "Masked", losses, mask));
        Value mean = c.Add(new LabelMean(IsZero: false), name, sum, count ?? c.Add(new SumAll(), name + "Count", mask));
        return compared.Step.PartOfMean(name + "Part", mean, compared.Result.Shape);
    }
}
