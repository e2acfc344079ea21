using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What Adam keeps for a parameter: how many steps, and running means of gradient and squared gradient.</summary>
internal sealed class AdamMoments(Parameter parameter) : IDisposable
{
    private readonly Tensor mean = parameter.zeros_like().DetachFromDisposeScope();
    private readonly Tensor square = parameter.zeros_like().DetachFromDisposeScope();
    private Tensor? largestSquare;
    private long steps;

    /// <summary>Takes a gradient in and changes the parameter.</summary>
    public void Change(Parameter parameter, Tensor gradient, double rate, double beta1, double beta2, double eps, bool amsgrad)
    {
        steps++;
        mean.mul_(beta1).add_(gradient, 1 - beta1);
        square.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        var second = square;
        if (amsgrad)
        {
            largestSquare ??= parameter.zeros_like().DetachFromDisposeScope();
            largestSquare.copy_(largestSquare.maximum(square));
            second = largestSquare;
        }

        var correction1 = 1 - Math.Pow(beta1, steps);
        var correction2 = 1 - Math.Pow(beta2, steps);
        var scale = second.sqrt().div_(Math.Sqrt(correction2)).add_(eps);
        parameter.addcdiv_(mean, scale, -rate / correction1);
    }

    public void Dispose()
    {
        mean.Dispose();
        square.Dispose();
        largestSquare?.Dispose();
    }
}
