using System.Runtime.InteropServices;

namespace Dsl.Torch;

/// <summary>The libtorch of this process: its version, threads, devices and default random streams.</summary>
public static unsafe class LibTorch
{
    /// <summary>The version that the shim was built for, as <c>2.4.0</c>.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)NativeMethods.TorchVersion())!;

    /// <summary>How many threads one operator may use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public static int Threads
    {
        get => NativeMethods.GetNumThreads();
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            NativeStatus.Check(NativeMethods.SetNumThreads(value));
        }
    }

    /// <summary>Whether operators on this thread record for autograd.</summary>
    public static bool GradMode
    {
        get => NativeMethods.GradMode() != 0;
        set => NativeMethods.SetGradMode(value ? 1 : 0);
    }

    /// <summary>Whether there is a GPU that this libtorch can use.</summary>
    public static bool IsCudaAvailable => NativeMethods.CudaIsAvailable() != 0;

    /// <summary>Whether this libtorch has cuDNN.</summary>
    public static bool IsCudnnAvailable => NativeMethods.CudaCudnnIsAvailable() != 0;

    /// <summary>How many GPUs this libtorch can use.</summary>
    public static int CudaDeviceCount => NativeMethods.CudaDeviceCount();

    /// <summary>Starts the default random streams of all devices over at a seed.</summary>
    public static void ManualSeed(long seed) => NativeStatus.Check(NativeMethods.ManualSeed(unchecked((ulong)seed)));

    /// <summary>Waits until a GPU has done all its work; -1 for the current one.</summary>
    /// <exception cref="TorchException">This libtorch has no CUDA, or a kernel failed.</exception>
    public static void Synchronize(int deviceIndex = -1) => NativeStatus.Check(NativeMethods.CudaSynchronize(deviceIndex));
}
