using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Torch;

/// <summary>How a native handle becomes a tensor when the TorchSharp package is the surface.</summary>
internal static class TensorWrapper
{
    /// <summary>Takes ownership of a native handle.</summary>
    public static Tensor Wrap(nint handle) => Tensor.UnsafeCreateTensor(handle);
}

/// <summary>The libtorch that the shim finds loaded.</summary>
internal static class LoadedLibTorch
{
    /// <summary>
    /// Lets TorchSharp load its libtorch: one that the shim brought first would stay beside it, and two in a process crash.
    /// </summary>
    public static void Require() => InitializeDeviceType(DeviceType.CPU);
}

/// <summary>Streams of random numbers as near to a device as the surface can make them.</summary>
public static class DeviceGenerator
{
    /// <summary>A new stream. TorchSharp makes all of its generators on the CPU, whatever device they are asked for.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="device">Where the numbers are needed; null for the CPU.</param>
    /// <returns>A stream whose <c>device</c> says where it draws: always the CPU.</returns>
    public static Generator Create(ulong seed, Device? device) => new(seed);
}
