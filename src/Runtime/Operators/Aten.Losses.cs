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

    /// <summary>The gradient of log-softmax's input.</summary>
    public static Tensor _log_softmax_backward_data(Tensor gradient, Tensor result, long dimension, ScalarType type)
    {
        var call = new OperatorCall(stackalloc ulong[4]);
        call.Add(gradient);
        call.Add(result);
        call.Add(dimension);
        call.Add(type);
        call.Run("aten::_log_softmax_backward_data"u8);
        return call.Result();
    }

    /// <summary>The gradient of softmax's input.</summary>
    public static Tensor _softmax_backward_data(Tensor gradient, Tensor result, long dimension, ScalarType type)
    {
        var call = new OperatorCall(stackalloc ulong[4]);
        call.Add(gradient);
        call.Add(result);
        call.Add(dimension);
        call.Add(type);
        call.Run("aten::_softmax_backward_data"u8);
        return call.Result();
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
