using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A linear classifier on features that stay as they are: what a single layer can read off them. It minimises the mean
/// cross-entropy of softmax(W·x + b) plus λ/2·‖W‖², with x the features standardised by the mean and deviation of the
/// training rows; b is not penalised. With λ above 0 there is one minimum, whatever the start.
/// </summary>
/// <remarks>The minimum is sought over all rows at once, in float64, by L-BFGS (Nocedal 1980) with steps that meet Wolfe's
/// conditions: nothing is drawn, and equal data give equal results.</remarks>
public sealed class LinearProbe : IDisposable
{
    private readonly Tensor _mean, _deviation, _weights;

    private LinearProbe(Tensor mean, Tensor deviation, Tensor weights, bool converged, int iterations, double objective)
    {
        (_mean, _deviation, _weights) = (mean, deviation, weights);
        (Converged, Iterations, Objective) = (converged, iterations, objective);
    }

    /// <summary>Whether the gradient's largest element came below the tolerance. Where it did not, an accuracy says less of the
    /// features: allow more iterations, or a larger penalty.</summary>
    public bool Converged { get; }

    /// <summary>How many steps were made.</summary>
    public int Iterations { get; }

    /// <summary>What was minimised, where it ended.</summary>
    public double Objective { get; }

    /// <summary>K: one more than the largest training label.</summary>
    public long Classes => _weights.size(0);

    /// <summary>Fits the classifier.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers. A column of one number everywhere counts as zero.</param>
    /// <param name="labels">[N] int64, classes 0, ..., K − 1.</param>
    /// <param name="penalty">λ, at least 0; with 0 there is no minimum where classes can be separated. It counts beside a mean
    /// over rows: scikit-learn's C is 1/(N·λ).</param>
    /// <param name="iterations">The most steps, at least 1.</param>
    /// <param name="tolerance">The largest element of the gradient at which it is done, above 0.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">Features or labels that do not fit, or a single class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public static LinearProbe Fit(
        Tensor features, Tensor labels, double penalty = 1e-3, int iterations = 1000, double tolerance = 1e-6)
    {
        EmbeddingRows.Require(features, "features");
        long[] classes = EmbeddingRows.Labels(labels, features, "labels");
        if (!(penalty >= 0 && double.IsFinite(penalty)))
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "A penalty is at least 0.");
        if (!(tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (classes.Distinct().Count() == 1)
        {
            throw new DataMismatchException(
                $"All {classes.Length} labels are {classes[0]}: a classifier needs at least two classes to tell apart.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var exact = features.detach().to_type(ScalarType.Float64);
        var mean = exact.mean([0], keepdim: true);
        var centered = exact.sub(mean);
        var deviation = centered.mul(centered).mean([0], keepdim: true).sqrt();

        // What rounding leaves of a constant column would be divided into large noise.
        var scale = exact.abs().amax([0], keepdim: true);
        deviation = Aten.masked_fill(deviation, deviation.le(Aten.mul(scale, 1e-12)), double.PositiveInfinity);
        var rows = WithOnes(centered.div(deviation));
        var problem = new SoftmaxRegression(rows, labels.to(rows.device), classes.Max() + 1, penalty);
        var found = QuasiNewton.Minimize(
            problem.Evaluate, zeros([classes.Max() + 1, rows.size(1)], ScalarType.Float64, rows.device), iterations, tolerance);
        return new LinearProbe(
            mean.DetachFromDisposeScope(), deviation.DetachFromDisposeScope(), found.Minimum.DetachFromDisposeScope(),
            found.Converged, found.Iterations, found.Value);
    }

    /// <summary>The probability of each class.</summary>
    /// <param name="features">[M, D], on the device of the training rows.</param>
    /// <returns>[M, K] float64; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit.</exception>
    public Tensor Probabilities(Tensor features)
    {
        EmbeddingRows.Require(features, "features");
        EmbeddingRows.RequireAlike(features, "features", _mean, "training features");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = WithOnes(features.detach().to_type(ScalarType.Float64).sub(_mean).div(_deviation));
        return rows.matmul(_weights.t()).softmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>The share of rows whose most probable class is theirs.</summary>
    /// <param name="features">[M, D], on the device of the training rows.</param>
    /// <param name="labels">[M] int64. A class that training did not have is never predicted.</param>
    /// <exception cref="DataMismatchException">Features or labels that do not fit.</exception>
    public double Accuracy(Tensor features, Tensor labels)
    {
        using var scope = NewDisposeScope();
        long[] predicted = EmbeddingRows.ToArray<long>(Probabilities(features).argmax(1));
        long[] actual = EmbeddingRows.Labels(labels, features, "labels");
        return (double)predicted.Zip(actual).Count(pair => pair.First == pair.Second) / actual.Length;
    }

    /// <summary>Whether and how it was fitted.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Converged ? "converged" : "did not converge")} in {Iterations} iterations, objective "
        + $"{EvaluationText.Number(Objective)}");

    /// <summary>Frees the classifier.</summary>
    public void Dispose()
    {
        _mean.Dispose();
        _deviation.Dispose();
        _weights.Dispose();
    }

    private static Tensor WithOnes(Tensor rows) => cat([rows, rows.new_ones(rows.size(0), 1)], 1);
}
