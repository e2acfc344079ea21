using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Moving and converting modules without losing their type.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts the parameters and floating-point buffers.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, ScalarType type, bool non_blocking = false)
        where T : nn.Module => (T)Given(module)._to(type, non_blocking);

    /// <summary>Moves and converts the parameters and buffers.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false)
        where T : nn.Module => (T)Given(module)._to(device, type, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module => (T)Given(module)._to(deviceType, deviceIndex, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, Device device, bool non_blocking = false)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(device);
        return (T)Given(module)._to(device.type, device.index, non_blocking);
    }

    /// <summary>Moves the parameters and buffers to a device given by name, as <c>cuda:0</c>.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : nn.Module => module.to(new Device(device), non_blocking);

    /// <summary>Moves and converts the parameters and buffers to the device and type of a tensor.</summary>
    /// <returns>The module.</returns>
    public static T to<T>(this T module, Tensor other, bool non_blocking = false)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(other);
        return (T)Given(module)._to(other.device, other.dtype, non_blocking);
    }

    /// <summary>Moves the parameters and buffers to the processor's memory.</summary>
    /// <returns>The module.</returns>
    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(DeviceType.CPU, -1, non_blocking);

    /// <summary>Moves the parameters and buffers to a GPU, the current one when no index is given.</summary>
    /// <returns>The module.</returns>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module => module.to(DeviceType.CUDA, deviceIndex, non_blocking);

    /// <summary>Converts the parameters and floating-point buffers to half precision.</summary>
    /// <returns>The module.</returns>
    public static T half<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(ScalarType.Float16, non_blocking);

    /// <summary>Converts the parameters and floating-point buffers to single precision.</summary>
    /// <returns>The module.</returns>
    public static T @float<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(ScalarType.Float32, non_blocking);

    /// <summary>Converts the parameters and floating-point buffers to double precision.</summary>
    /// <returns>The module.</returns>
    public static T @double<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(ScalarType.Float64, non_blocking);

    private static nn.Module Given(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module;
    }
}
