using static TorchSharp.torch;

namespace Dsl.Torch;

/// <summary>How a native handle becomes a tensor when this repository's own surface is in use.</summary>
internal static class TensorWrapper
{
    /// <summary>Takes ownership of a native handle.</summary>
    public static Tensor Wrap(nint handle) => new(handle);
}

/// <summary>The libtorch that the shim finds loaded.</summary>
internal static class LoadedLibTorch
{
    /// <summary>None: the shim brings its own.</summary>
    public static void Require()
    {
    }
}

/// <summary>Streams of random numbers as near to a device as the surface can make them.</summary>
public static class DeviceGenerator
{
    /// <summary>A new stream.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="device">Where the numbers are needed; null for the CPU.</param>
    /// <returns>A stream whose <c>device</c> says where it draws: there.</returns>
    public static Generator Create(ulong seed, Device? device) => new(seed, device);
}
