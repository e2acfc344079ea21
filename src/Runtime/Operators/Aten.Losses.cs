using static TorchSharp.torch;

namespace Dsl.Runtime;

// Losses and softmax with what their derivatives need, and the derivatives. A reduction is 0 for none, 1 for the mean, 2 for the
// sum.
public static partial class Aten
{
    /// <summary>The loss, and the sum of the weights of the labels that count.</summary>
    public static (Tensor, Tensor) nll_loss_forward(
        Tensor logProbabilities, Tensor labels, Tensor? weights, long reduction, long ignored)
    {
        if (LikelihoodLoop.TryRun(logProbabilities, labels, weights, reduction, ignored) is { } both) return both;
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(logProbabilities);
        call.Add(labels);
        call.AddOptional(weights);
        call.Add(reduction);
        call.Add(ignored);
        call.Run("aten::nll_loss_forward"u8);
        return (call.Result(0)!, call.Result(1)!);
    }

    /// <summary>The gradient of the log-probabilities.</summary>
    public static Tensor nll_loss_backward(
        Tensor gradient, Tensor logProbabilities, Tensor labels, Tensor? weights, long reduction, long ignored,
        Tensor totalWeight)
    {
        if (LikelihoodLoop.TryRunBackward(gradient, logProbabilities, labels, weights, reduction, ignored, totalWeight)
            is { } derived) return derived;
        var call = new OperatorCall(stackalloc ulong[7]);
        call.Add(gradient);
        call.Add(logProbabilities);
        call.Add(labels);
        call.AddOptional(weights);
        call.Add(reduction);
        call.Add(ignored);
        call.Add(totalWeight);
        call.Run("aten::nll_loss_backward"u8);
        return call.Result();
    }

    /// <summary>The cross-entropy of logits with labels, and its gradient: what log-softmax, <see cref="nll_loss_forward"/> and
    /// their derivatives come to.</summary>
    /// <param name="logits">[M, K].</param>
    /// <param name="labels">[M], int64.</param>
    /// <param name="weights">[K], or null where each class counts 1.</param>
    /// <param name="reduction">1 for the mean, 2 for the sum.</param>
    /// <param name="ignored">The label of rows that do not count.</param>
    /// <returns>The loss, without dimensions, and its gradient by the logits, [M, K]. The caller frees both.</returns>
    public static (Tensor, Tensor) cross_entropy_and_gradient(
        Tensor logits, Tensor labels, Tensor? weights, long reduction, long ignored)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        return CrossEntropyLoop.TryRun(logits, labels, weights, reduction == 1, ignored)
            ?? CrossEntropyByOperators(logits, labels, weights, reduction, ignored);
    }

    /// <summary>The same, operator by operator.</summary>
    internal static (Tensor, Tensor) CrossEntropyByOperators(
        Tensor logits, Tensor labels, Tensor? weights, long reduction, long ignored)
    {
        using var logProbabilities = nn.functional.log_softmax(logits, -1);
        var (loss, totalWeight) = nll_loss_forward(logProbabilities, labels, weights, reduction, ignored);
        using var seed = ones_like(loss);
        using var gradient = nll_loss_backward(seed, logProbabilities, labels, weights, reduction, ignored, totalWeight);
        totalWeight.Dispose();
        return (loss, _log_softmax_backward_data(gradient, logProbabilities, -1, logits.dtype));
    }

    /// <summary>The Kullback-Leibler divergence of softmax from a target, row by row, and its gradient: what log-softmax, aten's
    /// <c>kl_div</c>, a sum over classes and their derivatives come to.</summary>
    /// <param name="logits">z, [M, K].</param>
    /// <param name="target">Probabilities t, [M, K]; 0·log 0 is 0.</param>
    /// <returns>Σ t·(log t − log softmax(z)), [M], and the gradient of each row's own by the logits, softmax(z)·Σt − t,
    /// [M, K]. The caller frees both.</returns>
    public static (Tensor, Tensor) divergence_and_gradient(Tensor logits, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        return DivergenceLoop.TryRun(logits, target) ?? DivergenceByOperators(logits, target);
    }

    /// <summary>The same, operator by operator.</summary>
    internal static (Tensor, Tensor) DivergenceByOperators(Tensor logits, Tensor target)
    {
        using var logProbabilities = nn.functional.log_softmax(logits, -1);
        using var terms = nn.functional.kl_div(logProbabilities, target, false, nn.Reduction.None);
        using var slope = target.neg();
        return (terms.sum(1), _log_softmax_backward_data(slope, logProbabilities, -1, logits.dtype));
    }

    /// <summary>The logarithm of softmax over one dimension, of x's shape.</summary>
    public static Tensor log_softmax(Tensor x, long dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        return LogSoftmaxLoop.TryRun(x, dimension) ?? nn.functional.log_softmax(x, dimension);
    }

    /// <summary>The gradient of log-softmax's input.</summary>
    public static Tensor _log_softmax_backward_data(Tensor gradient, Tensor result, long dimension, ScalarType type)
    {
        if (type == ScalarType.Float32 && LogSoftmaxLoop.TryRunBackward(gradient, result, dimension) is { } derived)
            return derived;
        var call = new OperatorCall(stackalloc ulong[4]);
        call.Add(gradient);
        call.Add(result);
        call.Add(dimension);
        call.Add(type);
        call.Run("aten::_log_softmax_backward_data"u8);
        return call.Result();
    }

    /// <summary>Softmax over one dimension, of x's shape.</summary>
    public static Tensor softmax(Tensor x, long dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor? output = null;
        return SoftmaxLoop.TryRun(x, dimension, ref output) ? output! : nn.functional.softmax(x, dimension);
    }

    /// <summary>Softmax over one dimension, written over x.</summary>
    public static Tensor softmax_(Tensor x, long dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor? output = x;
        if (SoftmaxLoop.TryRun(x, dimension, ref output)) return x;
        using var result = nn.functional.softmax(x, dimension);
        return x.copy_(result);
    }

    /// <summary>The gradient of softmax's input, of the result's shape.</summary>
    public static Tensor _softmax_backward_data(Tensor gradient, Tensor result, long dimension, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(result);
        Tensor? output = null;
        return type == ScalarType.Float32 && SoftmaxLoop.TryRunBackward(gradient, result, dimension, ref output) ? output!
            : SoftmaxByOperator(gradient, result, dimension, type);
    }

    /// <summary>The gradient of softmax's input, written over that of its result.</summary>
    public static Tensor _softmax_backward_data_(Tensor gradient, Tensor result, long dimension, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(result);
        Tensor? output = gradient;
        if (type == ScalarType.Float32 && SoftmaxLoop.TryRunBackward(gradient, result, dimension, ref output)) return gradient;
        using var derived = SoftmaxByOperator(gradient, result, dimension, type);
        return gradient.copy_(derived);
    }

    private static Tensor SoftmaxByOperator(Tensor gradient, Tensor result, long dimension, ScalarType type)
    {
        var call = new OperatorCall(stackalloc ulong[4]);
        call.Add(gradient);
        call.Add(result);
        call.Add(dimension);
        call.Add(type);
        call.Run("aten::_softmax_backward_data"u8);
        return call.Result();
    }

    /// <summary>The squared error and its gradient: what aten's <c>mse_loss</c> and <see cref="mse_loss_backward"/> come
    /// to.</summary>
    /// <param name="x">Predictions.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="reduction">1 for the mean, 2 for the sum.</param>
    /// <returns>The loss, without dimensions, and its gradient by x. The caller frees both.</returns>
    public static (Tensor, Tensor) mse_loss_and_gradient(Tensor x, Tensor target, long reduction)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        return SquaredErrorLoop.TryRun(x, target, reduction == 1) ?? SquaredErrorByOperators(x, target, reduction);
    }

    /// <summary>The same, operator by operator.</summary>
    internal static (Tensor, Tensor) SquaredErrorByOperators(Tensor x, Tensor target, long reduction)
    {
        var loss = nn.functional.mse_loss(x, target, Reduction(reduction));
        using var seed = ones_like(loss);
        return (loss, mse_loss_backward(seed, x, target, reduction));
    }

    /// <summary>The gradient of x.</summary>
    public static Tensor mse_loss_backward(Tensor gradient, Tensor x, Tensor target, long reduction)
    {
        var call = new OperatorCall(stackalloc ulong[4]);
        call.Add(gradient);
        call.Add(x);
        call.Add(target);
        call.Add(reduction);
        call.Run("aten::mse_loss_backward"u8);
        return call.Result();
    }

    /// <summary>Huber's loss and its gradient: e²/2 up to a distance of δ, δ·(|e| − δ/2) beyond, with
    /// e = x − target.</summary>
    /// <param name="x">Predictions.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="reduction">1 for the mean, 2 for the sum.</param>
    /// <param name="delta">δ, above 0.</param>
    /// <returns>The loss, without dimensions, and its gradient by x. The caller frees both.</returns>
    public static (Tensor, Tensor) huber_loss_and_gradient(Tensor x, Tensor target, long reduction, double delta)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (HuberLoop.TryRun(x, target, reduction == 1, delta, 1) is { } both) return both;
        var loss = mul(nn.functional.smooth_l1_loss(x, target, Reduction(reduction), delta), delta);
        using var seed = ones_like(loss);
        return (loss, huber_loss_backward(seed, x, target, reduction, delta));
    }

    /// <summary>The smooth absolute error and its gradient: e²/(2β) up to a distance of β, |e| − β/2 beyond, with e = x −
    /// target.</summary>
    /// <param name="x">Predictions.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="reduction">1 for the mean, 2 for the sum.</param>
    /// <param name="beta">β, not below 0.</param>
    /// <returns>The loss, without dimensions, and its gradient by x. The caller frees both.</returns>
    public static (Tensor, Tensor) smooth_l1_loss_and_gradient(Tensor x, Tensor target, long reduction, double beta)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (HuberLoop.TryRun(x, target, reduction == 1, beta, 1 / beta) is { } both) return both;
        var loss = nn.functional.smooth_l1_loss(x, target, Reduction(reduction), beta);
        using var seed = ones_like(loss);
        return (loss, smooth_l1_loss_backward(seed, x, target, reduction, beta));
    }

    private static nn.Reduction Reduction(long reduction) => reduction == 1 ? nn.Reduction.Mean : nn.Reduction.Sum;

    /// <summary>The gradient of x.</summary>
    public static Tensor huber_loss_backward(Tensor gradient, Tensor x, Tensor target, long reduction, double delta)
    {
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(gradient);
        call.Add(x);
        call.Add(target);
        call.Add(reduction);
        call.Add(delta);
        call.Run("aten::huber_loss_backward"u8);
        return call.Result();
    }

    /// <summary>The gradient of x.</summary>
    public static Tensor smooth_l1_loss_backward(Tensor gradient, Tensor x, Tensor target, long reduction, double beta)
    {
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(gradient);
        call.Add(x);
        call.Add(target);
        call.Add(reduction);
        call.Add(beta);
        call.Run("aten::smooth_l1_loss_backward"u8);
        return call.Result();
    }
}
