using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The one place where a batch moves to the device that trains on it.</summary>
public static class DataTransfer
{
    /// <summary>The tensor on a device; itself where it is there already, else a copy in place of it.</summary>
    public static Tensor To(Tensor tensor, Device device)
    {
        if (tensor.device_type == device.type && (device.index < 0 || tensor.device_index == device.index)) return tensor;
        var moved = tensor.to(device, non_blocking: true);
        tensor.Dispose();
        return moved;
    }
}
