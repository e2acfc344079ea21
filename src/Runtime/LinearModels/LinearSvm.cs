using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A linear support vector machine with squared hinges, one class against the rest (Cortes and Vapnik 1995; Rifkin and Klautau
/// 2004): for each class k the least of 1/N·Σ max(0, 1 − s·(w·x + b))² + λ/2·‖w‖², s = 1 for rows of the class and
/// −1 for others. b is not penalised.
/// </summary>
/// <remarks>
/// <para>The minimum, of which there is one with λ above 0, is sought over all rows at once, in float64, by L-BFGS: nothing is
/// drawn. Columns are taken as they are: bring them to one scale first. scikit-learn's <c>LinearSVC</c> has C = 1/(N·λ),
/// and penalises b.</para>
/// <para>By descent the same is one <c>[Linear]</c> with <c>[Hinge(Squared = true)]</c> and a weight decay of λ, of labels yes
/// or no.</para>
/// </remarks>
public sealed class LinearSvm : IDisposable
{
    private LinearSvm(Tensor weights, bool converged) => (Weights, Converged) = (weights, converged);

    /// <summary>w and b of each class, [K, D + 1] float64; the last column is b.</summary>
    public Tensor Weights { get; }

    /// <summary>Whether the gradient's largest element came below the tolerance. Where it did not, scale the columns, or allow
    /// more iterations.</summary>
    public bool Converged { get; }

    /// <summary>Fits the machine.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers.</param>
    /// <param name="labels">[N] int64, classes 0, ..., K − 1, at least two of them.</param>
    /// <param name="penalty">λ, above 0.</param>
    /// <param name="iterations">The most steps, at least 1.</param>
    /// <param name="tolerance">The largest element of the gradient at which it is done, above 0.</param>
    /// <returns>The machine; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">Features or labels that do not fit, or a single class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public static LinearSvm Fit(
        Tensor features, Tensor labels, double penalty = 1e-2, int iterations = 1000, double tolerance = 1e-8)
    {
        EmbeddingRows.Require(features, "features");
        long[] classes = EmbeddingRows.Labels(labels, features, "labels");
        if (!(penalty > 0 && double.IsFinite(penalty)))
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "A penalty is above 0.");
        if (!(tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (classes.Distinct().Count() == 1)
        {
            throw new DataMismatchException(
                $"All {classes.Length} labels are {classes[0]}: a classifier needs at least two classes to tell apart.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = WithOnes(features);
        long count = classes.Max() + 1;
        var own = ClassLabels.OneHot(labels.to(rows.device), count, ScalarType.Float64);
        var signs = Aten.add(Aten.mul(own, 2.0), -1.0);
        var found = QuasiNewton.Minimize(
            weights => Evaluate(weights, rows, signs, penalty), zeros([count, rows.size(1)], ScalarType.Float64, rows.device),
            iterations, tolerance);
        return new LinearSvm(found.Minimum.DetachFromDisposeScope(), found.Converged);
    }

    /// <summary>w·x + b of each class.</summary>
    /// <param name="features">[M, D], on the device of the training rows.</param>
    /// <returns>[M, K] float64; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit.</exception>
    public Tensor Scores(Tensor features)
    {
        EmbeddingRows.Require(features, "features");
        if (features.size(1) != Weights.size(1) - 1)
        {
            throw new DataMismatchException(
                $"The machine was fitted on {Weights.size(1) - 1} columns, and features have {features.size(1)}.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return WithOnes(features).matmul(Weights.t()).MoveToOuterDisposeScope();
    }

    /// <summary>The class of the largest score.</summary>
    /// <inheritdoc cref="Scores"/>
    /// <returns>[M] int64; the caller frees it.</returns>
    public Tensor Predict(Tensor features)
    {
        using var scores = Scores(features);
        return scores.argmax(1);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Weights.Dispose();

    private static (double Value, Tensor Gradient) Evaluate(Tensor weights, Tensor rows, Tensor signs, double penalty)
    {
        using var scope = NewDisposeScope();
        var agreement = rows.matmul(weights.t()).mul(signs);
        var slack = Aten.clamp_min(Aten.add(Aten.mul(agreement, -1.0), 1.0), 0);
        var penalized = weights.clone();
        Aten.fill_(penalized.narrow(1, rows.size(1) - 1, 1), 0.0);
        double value = Aten.item(slack.mul(slack).sum()) / rows.size(0)
            + penalty / 2 * Aten.item(penalized.mul(penalized).sum());
        var gradient = Aten.mul(slack.mul(signs).t().matmul(rows), -2.0 / rows.size(0));
        return (value, Aten.add(gradient, penalized, penalty).MoveToOuterDisposeScope());
    }

    private static Tensor WithOnes(Tensor features)
    {
        var exact = features.detach().to_type(ScalarType.Float64);
        return cat([exact, ones([exact.size(0), 1], ScalarType.Float64, exact.device)], 1);
    }
}
