using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The values of a training step.</summary>
public static class StepValues
{
    /// <summary>Ends a value that nothing reads any more. A value that lies in its step's own memory leaves its place to another
    /// one; any other is disposed. It may be called twice.</summary>
    /// <param name="value">Of which there is no view that is still read.</param>
    public static void Free(this Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!StepMemory.GiveBack(value)) value.Dispose();
    }
}
