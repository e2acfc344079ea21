using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The numbers that an input may have: an attack that leaves them shows the network what no data are.</summary>
public static class AttackRange
{
    // An interpolation that rounds up must not be refused.
    private const double Slack = 1e-5;

    /// <summary>Refuses inputs outside of the range. On a GPU they are not looked for: that would wait for it.</summary>
    /// <param name="input">[N, ...].</param>
    /// <param name="minimum">The smallest number.</param>
    /// <param name="maximum">The largest number.</param>
    /// <returns>A copy, which later steps may write over; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">There is such a number.</exception>
    public static Tensor Require(Tensor input, double minimum, double maximum)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.device_type != TorchSharp.DeviceType.CPU || input.numel() == 0) return input.clone();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        double smallest = Aten.item(input.min()), largest = Aten.item(input.max()), slack = Slack * (maximum - minimum);
        if (smallest < minimum - slack || largest > maximum + slack)
        {
            throw new DataMismatchException(string.Create(
                CultureInfo.InvariantCulture,
                $"Inputs reach from {smallest} to {largest}, outside of the range [{minimum}, {maximum}] of the attack: "
                + $"leave them unnormalised and scale them in the network, or declare Minimum and Maximum."));
        }

        return input.clone().MoveToOuterDisposeScope();
    }
}
