namespace Dsl;

/// <summary>Limits every element of the gradient to [−bound, bound], as PyTorch's <c>clip_grad_value_</c>.</summary>
public sealed class ClipGradValueAttribute : GradientClippingAttribute
{
    /// <summary>Clips the gradient's elements.</summary>
    /// <param name="maxValue">The largest absolute value that stays untouched.</param>
    public ClipGradValueAttribute(double maxValue) => MaxValue = maxValue;

    /// <summary>The largest absolute value that stays untouched.</summary>
    [Interval("(0, inf)")]
    public double MaxValue { get; }
}
