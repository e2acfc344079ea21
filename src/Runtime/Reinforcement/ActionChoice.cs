using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Actions of a batch, in generated steps.</summary>
public static class ActionChoice
{
    /// <summary>The action of the largest value of each row.</summary>
    /// <param name="values">[N, K].</param>
    /// <returns>[N, 1] int64.</returns>
    public static Tensor Best(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return GatherLoop.TryLargest(values, keep: true) ?? values.argmax(1, keepdim: true);
    }
}
