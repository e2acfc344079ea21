using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How labels became others: the matrix T [K, K], in which T[i, j] is the probability that a sample of class i is labelled
/// j. It is set or estimated before training, and is part of a checkpoint.
/// </summary>
public sealed class NoiseTransition : IDisposable
{
    private readonly int _classes;
    private bool _isKnown;
    private Tensor? _transposed;
    private Tensor? _inverse;

    /// <summary>A matrix that is not known yet: zeros.</summary>
    /// <param name="classes">K.</param>
    /// <param name="type">Number type.</param>
    /// <param name="device">Where it lives.</param>
    public NoiseTransition(int classes, ScalarType type, Device device)
    {
        _classes = classes;
        Matrix = zeros([classes, classes], type, device).DetachFromDisposeScope();
    }

    /// <summary>T, [K, K]; zeros before it is known.</summary>
    public Tensor Matrix { get; }

    /// <summary>Sets the matrix.</summary>
    /// <param name="matrix">[K, K] of numbers in [0, 1]; each row sums to 1.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public void Set(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (matrix.dim() != 2 || matrix.size(0) != _classes || matrix.size(1) != _classes || !matrix.is_floating_point())
        {
            throw new ArgumentException(
                $"A transition matrix of {_classes} classes is [{_classes}, {_classes}] of floating-point numbers, but this is "
                + $"[{string.Join(", ", matrix.shape)}] of {matrix.dtype}.", nameof(matrix));
        }

        double[] numbers = matrix.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        for (int i = 0; i < _classes; i++)
        {
            var row = numbers.AsSpan(i * _classes, _classes).ToArray();
            if (row.All(number => number is >= 0 and <= 1) && Math.Abs(row.Sum() - 1) <= 1e-4) continue;
            throw new ArgumentException(
                $"Row {i} of the matrix is no distribution: its numbers lie in [0, 1] and sum to 1.", nameof(matrix));
        }

        Matrix.copy_(matrix);
        Forget();
    }

    /// <summary>
    /// Estimates the matrix by a network that was trained on the same labels: row i is what it says of the sample that it is most
    /// sure to be of class i (Patrini et al. 2017, arXiv 1609.03683, equations 12 and 13).
    /// </summary>
    /// <param name="network">A network that returns logits [N, K]; its mode is restored.</param>
    /// <param name="data">Inputs with samples of every class, such as the training data; labels are not read.</param>
    /// <param name="quantile">Which sample stands for a class, in (0, 1]: 1 the surest, 0.97 as in the paper for ten classes of
    /// images, one that is surer than 97 % of all.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <exception cref="InvalidOperationException">The network returns something else.</exception>
    public void Estimate(nn.Module<Tensor, Tensor> network, IDataSource data, double quantile = 1, int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Hyperparameter.Check(quantile, "(0, 1]", nameof(quantile));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        for (long first = 0; first < data.Count; first += batchSize)
        {
            var indices = Aten.arange(first, Math.Min(first + batchSize, data.Count));
            var logits = FrozenNetwork.Predict(network, DataTransfer.To(data.ReadInputs(indices), Matrix.device));
            if (logits.dim() != 2 || logits.size(1) != _classes)
            {
                throw new InvalidOperationException(
                    $"'{network.GetName()}' returns [{string.Join(", ", logits.shape)}], but the matrix is of {_classes} "
                    + $"classes: [N, {_classes}].");
            }

            rows.Add(logits.softmax(1));
        }

        var probabilities = cat([.. rows]);
        long place = Math.Clamp((long)Math.Ceiling(quantile * probabilities.size(0)) - 1, 0, probabilities.size(0) - 1);
        var sorted = probabilities.argsort(0);
        Set(probabilities.index_select(0, sorted.select(0, place)));
    }

    /// <summary>Tᵀ, as a step reads it.</summary>
    /// <returns>[K, K]; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">The matrix is not known.</exception>
    public Tensor Transposed()
    {
        Require();
        return (_transposed ??= Matrix.t().contiguous().DetachFromDisposeScope()).alias();
    }

    /// <summary>T⁻¹, as a step reads it.</summary>
    /// <returns>[K, K]; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">The matrix is not known, or has no inverse.</exception>
    public Tensor Inverse()
    {
        Require();
        if (_inverse is null)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var exact = Matrix.to_type(ScalarType.Float64);
            if (Math.Abs(Aten.item(linalg.det(exact))) < 1e-12)
            {
                throw new InvalidOperationException(
                    "The transition matrix has no inverse, by which labels say nothing of classes: take [ForwardCorrection], or "
                    + "estimate it by another network.");
            }

            _inverse = linalg.inv(exact).to_type(Matrix.dtype).DetachFromDisposeScope();
        }

        return _inverse.alias();
    }

    /// <summary>Frees the matrix.</summary>
    public void Dispose()
    {
        Forget();
        Matrix.Dispose();
    }

    private void Require()
    {
        // A checkpoint may have filled it.
        if (_isKnown) return;
        using var noGrad = no_grad();
        using var largest = Matrix.max();
        if (Aten.item(largest) == 0)
        {
            throw new InvalidOperationException(
                "The transition matrix is not known: call Transition.Estimate or Transition.Set before training, or declare "
                + "NoiseRate or Transition.");
        }

        Forget();
        _isKnown = true;
    }

    private void Forget()
    {
        _isKnown = false;
        _transposed?.Dispose();
        _inverse?.Dispose();
        (_transposed, _inverse) = (null, null);
    }
}
