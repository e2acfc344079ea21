using System.Reflection;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// libtorch itself, for calls from this assembly by <c>DllImport("torch_cpu")</c>: the very library that TorchSharp has
/// loaded, since handles of tensors go from one to the other.
/// </summary>
internal static class LibTorchLibrary
{
    private const string Name = "torch_cpu";

    public static void Share() => NativeLibrary.SetDllImportResolver(typeof(LibTorchLibrary).Assembly, Resolve);

    /// <summary>
    /// TorchSharp loads first, and tells why where it cannot; the same name looked up for the same assembly then gives the same
    /// library, on every system.
    /// </summary>
    public static nint Load()
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        return NativeLibrary.Load(Name, typeof(torch).Assembly, searchPath: null);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name == Name ? Load() : 0;
}
