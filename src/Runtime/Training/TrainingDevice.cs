using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The device that a program trains on, chosen from outside.</summary>
public static class TrainingDevice
{
    /// <summary>The environment variable that names the device.</summary>
    public const string Variable = "DSL_DEVICE";

    /// <summary>The device that <c>DSL_DEVICE</c> names, such as <c>cuda</c> or <c>cuda:1</c>; the CPU when it is not
    /// set.</summary>
    /// <exception cref="InvalidOperationException">It names a GPU, and libtorch sees none.</exception>
    public static Device FromEnvironment()
    {
        string? name = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(name)) return CPU;
        var device = new Device(name);
        if (device.type == TorchSharp.DeviceType.CUDA && !cuda.is_available())
        {
            throw new InvalidOperationException(
                $"{Variable} is '{name}', but this libtorch sees no GPU: unset {Variable}, or run with a package of libtorch "
                + "that has CUDA.");
        }

        return device;
    }
}
