using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Schemes;

/// <summary>What the components of embeddings do over a batch, [N, D].</summary>
internal static class BatchStatistics
{
    /// <summary>The embeddings without their mean.</summary>
    public static Value Centred(StepContext step, Value vectors, string name)
    {
        Value mean = step.Computation.Add(new DivideBy(Scalar.Of(vectors.Shape[0])), name + "Mean",
            step.Computation.Add(new Sum(0), name + "Sum", vectors));
        return step.Computation.Add(new Subtract(), name, vectors, mean);
    }

    /// <summary>The mean of squares of each component, [D].</summary>
    /// <param name="count">What the sum is divided by.</param>
    public static Value Variances(StepContext step, Value centred, Scalar count, string name) =>
        step.Computation.Add(new DivideBy(count), name, step.Computation.Add(
            new Sum(0), name + "Sum", step.Computation.Add(new Square(), name + "Squares", centred)));

    /// <summary>The products of components, [D, D], each the mean over the batch.</summary>
    public static Value Products(StepContext step, Value a, Value b, Scalar count, string name) =>
        step.Computation.Add(new DivideBy(count), name, step.Computation.Add(
            new Linear(), name + "Sums", Transposed(step, a), Transposed(step, b)));

    /// <summary>1 off the diagonal and 0 on it, in the shape of a square matrix.</summary>
    public static Value OffDiagonal(StepContext step, Value matrix) => step.Computation.Add(
        new RuntimeFunction("SamplePairs.OffDiagonal", default, matrix.Shape), "offDiagonal", matrix);

    private static Value Transposed(StepContext step, Value matrix) => step.Computation.Add(
        new Permute(new EquatableArray<long>([1, 0])), matrix.Hint + "Transposed", matrix);
}
