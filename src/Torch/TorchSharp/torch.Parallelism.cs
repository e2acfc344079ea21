using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How many threads one operation on the processor may use.</summary>
    public static int get_num_threads() => NativeMethods.GetNumThreads();

    /// <summary>Sets how many threads one operation on the processor may use.</summary>
    public static void set_num_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(num);
        NativeStatus.Check(NativeMethods.SetNumThreads(num));
    }
}
