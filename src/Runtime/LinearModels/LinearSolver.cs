using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Linear regression that is solved: Σ (xw + b − y)² + α·Σ w² + 2N·λ·Σ |w| at its least, over N rows, in float64 on
/// the CPU, each output by itself. The intercept b is not penalised.
/// </summary>
/// <remarks>Nothing is drawn: equal data give equal results. All rows are in memory at once.</remarks>
public static class LinearSolver
{
    private const long RowsAtOnce = 4096;

    // The gap between what is reached and what can be reached, as a part of Σ y², at which descent is done.
    private const double Gap = 1e-12;

    private const int MostSweeps = 100_000;

    /// <summary>Finds the weights of a linear layer for all rows of the data.</summary>
    /// <param name="data">Inputs, of which a row is all numbers of a sample, and real numbers as labels.</param>
    /// <param name="weight">The layer's weight [T, D], which is written.</param>
    /// <param name="bias">Its bias [T], likewise; null for a layer without.</param>
    /// <param name="ridge">α, at least 0.</param>
    /// <param name="lasso">λ, at least 0.</param>
    /// <param name="frozen">Parameters that must stay as they are, of which there may be none.</param>
    /// <exception cref="DataMismatchException">Rows or labels that do not fit the layer or are not finite.</exception>
    /// <exception cref="InvalidOperationException">A parameter is frozen.</exception>
    public static void Solve(
        ILabeledDataSource data, Tensor weight, Tensor? bias, double ridge, double lasso, IReadOnlyCollection<string> frozen)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(frozen);
        if (frozen.Count > 0)
        {
            throw new InvalidOperationException(
                $"'{frozen.First()}' is frozen, and all weights are solved for at once: unfreeze it before Fit.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var inputs = Read(data, data.ReadInputs);
        var targets = Read(data, data.ReadLabels);
        if (inputs.size(1) != weight.size(1) || targets.size(1) != weight.size(0))
        {
            throw new DataMismatchException(
                $"The layer takes {weight.size(1)} numbers and returns {weight.size(0)}, but a row has {inputs.size(1)} and its "
                + $"label {targets.size(1)}.");
        }

        var (weights, intercepts) = Solve(inputs, targets, bias is not null, ridge, lasso);
        weight.copy_(weights);
        bias?.copy_(intercepts);
    }

    /// <summary>Finds the weights for given rows.</summary>
    /// <param name="inputs">Rows x, [N, D].</param>
    /// <param name="targets">What is predicted of each, y [N, T].</param>
    /// <param name="hasIntercepts">Whether there is a b.</param>
    /// <param name="ridge">α, at least 0. With 0, and without λ, the solution of the least norm is taken where several are as
    /// good.</param>
    /// <param name="lasso">λ, at least 0.</param>
    /// <returns>Weights [T, D] and intercepts [T], float64, which the caller frees; the latter are zeros where there are
    /// none.</returns>
    /// <exception cref="DataMismatchException">Shapes that do not fit, or a number that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The descent of a lasso has not ended; a larger α makes it easier.</exception>
    public static (Tensor Weights, Tensor Intercepts) Solve(
        Tensor inputs, Tensor targets, bool hasIntercepts = true, double ridge = 0, double lasso = 0)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        RequirePenalty(ridge, nameof(ridge));
        RequirePenalty(lasso, nameof(lasso));
        if (inputs.dim() != 2 || targets.dim() != 2 || inputs.size(0) != targets.size(0) || inputs.size(0) == 0)
        {
            throw new DataMismatchException($"Rows are [N, D] and targets [N, T] of as many, not "
                + $"[{string.Join(", ", inputs.shape)}] and [{string.Join(", ", targets.shape)}].");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = inputs.to(ScalarType.Float64, CPU);
        var y = targets.to(ScalarType.Float64, CPU);
        if (!Aten.is_nonzero(x.isfinite().all()) || !Aten.is_nonzero(y.isfinite().all()))
            throw new DataMismatchException("A number of the rows or of their targets is not finite.");
        var (meanX, meanY) = hasIntercepts ? (x.mean([0]), y.mean([0])) : (zeros_like(x[0]), zeros_like(y[0]));
        (x, y) = (x - meanX, y - meanY);
        var weights = lasso > 0 ? Descend(x, y, ridge, lasso) : BySingularValues(x, y, ridge);
        var intercepts = meanY - weights.mv(meanX);
        return (weights.MoveToOuterDisposeScope(), intercepts.MoveToOuterDisposeScope());
    }

    // w = V·diag(s/(s² + α))·Uᵀy. What rounding leaves of a value that is 0 counts as 0.
    private static Tensor BySingularValues(Tensor x, Tensor y, double ridge)
    {
        var (u, s, vh) = linalg.svd(x, fullMatrices: false);
        var least = Aten.mul(s.max(), Math.Max(x.size(0), x.size(1)) * Math.Pow(2, -52));
        var factors = where(s > least, s / Aten.add(s * s, ridge), zeros_like(s));
        return (u.t().matmul(y) * factors.unsqueeze(1)).t().matmul(vh);
    }

    private static Tensor Descend(Tensor x, Tensor y, double ridge, double lasso)
    {
        long rows = x.size(0), columns = x.size(1), outputs = y.size(1);
        double[] byColumns = [.. x.t().contiguous().data<double>()];
        double[] weights = new double[outputs * columns];
        for (long output = 0; output < outputs; output++)
        {
            using var column = y.select(1, output).contiguous();
            Descend(byColumns, [.. column.data<double>()], weights.AsSpan((int)(output * columns), (int)columns), ridge,
                rows * lasso);
        }

        return tensor(weights, [outputs, columns], ScalarType.Float64);
    }

    // Coordinate descent with soft thresholds (Friedman, Hastie and Tibshirani 2010, equation 5), until the duality gap is
    // closed.
    private static void Descend(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> weights, double ridge, double threshold)
    {
        int rows = y.Length;
        double[] residuals = y.ToArray();
        double[] squares = new double[weights.Length];
        for (int j = 0; j < weights.Length; j++) squares[j] = Dot(x.Slice(j * rows, rows), x.Slice(j * rows, rows));
        double scale = Dot(y, y);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            for (int j = 0; j < weights.Length; j++)
            {
                var column = x.Slice(j * rows, rows);
                double before = weights[j], along = Dot(column, residuals) + (squares[j] * before);
                double size = Math.Max(0, Math.Abs(along) - threshold);
                weights[j] = size == 0 ? 0 : Math.CopySign(size, along) / (squares[j] + ridge);
                double moved = weights[j] - before;
                if (moved == 0) continue;
                for (int i = 0; i < rows; i++) residuals[i] -= moved * column[i];
            }

            if (DualityGap(x, y, residuals, weights, ridge, threshold) <= Gap * scale) return;
        }

        throw new InvalidOperationException(
            $"The lasso has not converged in {MostSweeps} sweeps: scale the columns, or give a larger Lasso or a Ridge.");
    }

    private static double DualityGap(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> residuals, ReadOnlySpan<double> weights,
        double ridge, double threshold)
    {
        double steepest = 0, sizes = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            double slope = Dot(x.Slice(j * y.Length, y.Length), residuals) - (ridge * weights[j]);
            steepest = Math.Max(steepest, Math.Abs(slope));
            sizes += Math.Abs(weights[j]);
        }

        // A point of the dual: the residuals, scaled until no slope is above the threshold.
        double share = steepest > threshold ? threshold / steepest : 1, squares = Dot(residuals, residuals);
        return (0.5 * squares * (1 + (share * share))) + (threshold * sizes) - (share * Dot(residuals, y))
            + (0.5 * ridge * (1 + (share * share)) * Dot(weights, weights));
    }

    private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => TensorPrimitives.Dot(first, second);

    private static Tensor Read(IDataSource data, Func<Tensor, Tensor> read)
    {
        var parts = new List<Tensor>();
        for (long from = 0; from < data.Count; from += RowsAtOnce)
        {
            using var indices = Aten.arange(from, Math.Min(data.Count, from + RowsAtOnce));
            using var part = read(indices);
            parts.Add(part.to(ScalarType.Float64, CPU).reshape(part.size(0), -1));
        }

        return cat(parts);
    }

    private static void RequirePenalty(double penalty, string name)
    {
        if (!(penalty >= 0 && double.IsFinite(penalty)))
            throw new ArgumentOutOfRangeException(name, penalty, "A penalty is at least 0.");
    }
}
