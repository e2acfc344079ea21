using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The one place where a batch moves to the device that trains on it.</summary>
public static class DataTransfer
{
    /// <summary>What a source of data returned, on a device; itself where it is there already, else a copy in place of
    /// it.</summary>
    /// <param name="tensor">What it returned.</param>
    /// <param name="device">The device.</param>
    /// <param name="name">What errors call it: the call, when not given.</param>
    /// <exception cref="DataMismatchException">It is no dense tensor.</exception>
    /// <exception cref="ArgumentNullException">The source returned null.</exception>
    /// <exception cref="ObjectDisposedException">The source returned a tensor that is freed, such as one that it had returned
    /// before.</exception>
    public static Tensor To(Tensor tensor, Device device, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(device);
        BatchPart.Require(tensor, name);
        return Moved(tensor, device);
    }

    /// <summary>The same of a tensor that is known to be good.</summary>
    internal static Tensor Moved(Tensor tensor, Device device)
    {
        if (tensor.device_type == device.type && (device.index < 0 || tensor.device_index == device.index)) return tensor;
        var moved = tensor.to(device, non_blocking: true);
        tensor.Dispose();
        return moved;
    }
}
