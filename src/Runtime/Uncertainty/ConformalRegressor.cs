using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Split conformal regression: intervals that hold the right number with a probability of at least 1 − ε, where samples to
/// calibrate on and those to come are exchangeable (Lei et al. 2018, arXiv 1604.04173, section 2.2; with deviations, that are as
/// wide as the network is unsure, section 5.2). The half width is the ⌈(n + 1)·(1 − ε)⌉th smallest |y − μ|/σ.
/// </summary>
public sealed class ConformalRegressor
{
    private ConformalRegressor(double error, double width, long count, bool hasDeviations) =>
        (Error, Width, Count, HasDeviations) = (error, width, count, hasDeviations);

    /// <summary>ε: how often the right number may lie outside.</summary>
    public double Error { get; }

    /// <summary>Half of an interval's width, in units of the targets, or of deviations where there are any.</summary>
    public double Width { get; }

    /// <summary>n: how many samples it was calibrated on.</summary>
    public long Count { get; }

    /// <summary>Whether widths are in units of deviations.</summary>
    public bool HasDeviations { get; }

    /// <summary>Finds the width.</summary>
    /// <param name="means">μ, what the network says of samples that it was not trained on, [N] of
    /// floating-point numbers.</param>
    /// <param name="targets">y, [N].</param>
    /// <param name="deviations">σ, [N], each above 0; null for intervals that are equally wide.</param>
    /// <param name="error">ε, in (0, 1).</param>
    /// <exception cref="DataMismatchException">Shapes that differ, numbers that are not finite, a deviation that is not above
    /// 0, or fewer samples than 1/ε − 1.</exception>
    public static ConformalRegressor Fit(Tensor means, Tensor targets, Tensor? deviations = null, double error = 0.1)
    {
        Hyperparameter.Check(error, "(0, 1)", nameof(error));
        Require(means, targets, nameof(targets));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor errors = targets.detach().to_type(ScalarType.Float64).sub(means.detach().to_type(ScalarType.Float64)).abs();
        if (deviations is not null) errors = errors.div(Positive(means, deviations));
        double width = SplitConformal.Smallest(errors, SplitConformal.Rank(means.size(0), error));
        return new ConformalRegressor(error, width, means.size(0), deviations is not null);
    }

    /// <summary>The ends of the intervals of samples.</summary>
    /// <param name="means">μ, [N].</param>
    /// <param name="deviations">σ, [N]; where it was fitted with deviations, and only there.</param>
    /// <returns>[N, 2] float64; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Shapes that differ, or numbers that do not fit.</exception>
    public Tensor Intervals(Tensor means, Tensor? deviations = null)
    {
        Require(means, means, nameof(means));
        if (deviations is not null != HasDeviations)
        {
            throw new DataMismatchException(HasDeviations
                ? "The widths are in units of deviations: give those of the samples."
                : "The widths were found without deviations: give none.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor exact = means.detach().to_type(ScalarType.Float64);
        Tensor half = deviations is null ? Aten.full_like(exact, Width)
            : Aten.mul(Positive(means, deviations), Width);
        return stack([exact.sub(half), Aten.add(exact, half)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>What is promised, and how wide intervals are.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"±{Width:0.0000}{(HasDeviations ? " deviations" : "")}, coverage {1 - Error:0.####} of {Count}");

    private static void Require(Tensor means, Tensor others, string name)
    {
        BatchPart.Require(means, nameof(means));
        BatchPart.Require(others, name);
        if (means.dim() != 1 || means.numel() == 0 || !means.is_floating_point()
            || !others.is_floating_point() || !others.shape.AsSpan().SequenceEqual(means.shape))
        {
            throw new DataMismatchException(
                $"The means are [{string.Join(", ", means.shape)}] of {means.dtype} and the {name} "
                + $"[{string.Join(", ", others.shape)}] of {others.dtype}: give [N] of floating-point numbers, N at least 1.");
        }

        FiniteData.Require(means, nameof(means));
        FiniteData.Require(others, name);
    }

    private static Tensor Positive(Tensor means, Tensor deviations)
    {
        Require(means, deviations, nameof(deviations));
        Tensor exact = deviations.detach().to_type(ScalarType.Float64);
        if (Aten.item(exact.min()) > 0) return exact;
        throw new DataMismatchException("A deviation is not above 0: no interval is as wide.");
    }
}
