using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Which of a network's parameters are meant, as numbers.</summary>
public static class ParameterMask
{
    /// <summary>1 within ranges of the parameters, 0 elsewhere.</summary>
    /// <param name="like">[P].</param>
    /// <param name="ranges">First place and length of each range.</param>
    /// <returns>[P] of the same type on the same device; the caller frees it.</returns>
    public static Tensor Of(Tensor like, params ReadOnlySpan<long> ranges)
    {
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor mask = zeros_like(like);
        for (int i = 0; i + 1 < ranges.Length; i += 2) Aten.fill_(mask.narrow(0, ranges[i], ranges[i + 1]), 1);
        return mask.MoveToOuterDisposeScope();
    }
}
