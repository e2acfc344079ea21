using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a loss of the user's own returned, where it is called as it stands.</summary>
public static class OwnLoss
{
    /// <summary>The mean over what a loss returned, which must be a number that trains something.</summary>
    /// <param name="loss">One number, or one for each sample or element.</param>
    /// <param name="method">The method that returned it.</param>
    /// <returns>Without dimensions.</returns>
    /// <exception cref="InvalidOperationException">It is no number, there is none, or no gradient reaches a prediction from
    /// it.</exception>
    public static Tensor Mean(Tensor loss, string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (loss is null) throw new InvalidOperationException($"{method} returned null, where a loss is expected.");
        if (!loss.is_floating_point())
        {
            throw new InvalidOperationException(
                $"{method} returned {loss.dtype}, where a loss is expected: a real number, or one for each sample.");
        }

        if (loss.numel() == 0)
            throw new InvalidOperationException(
                $"{method} returned [{string.Join(", ", loss.shape)}], which has no number in it.");
        if (is_grad_enabled() && !loss.requires_grad)
        {
            throw new InvalidOperationException(
                $"{method} returned a loss that depends on no prediction, so that it would train nothing: compute it from the "
                + "prediction, without detach, no_grad, argmax or comparisons on the way.");
        }

        return loss.dim() == 0 ? loss.alias() : loss.mean();
    }
}
