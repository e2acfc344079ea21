using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Dsl.Runtime;

/// <summary>Resolves libtorch for this assembly to the one that TorchSharp has loaded.</summary>
internal static partial class LibTorchLoading
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver must be known before the first call, whoever makes it.")]
    internal static void Install()
    {
        if (!OperatingSystem.IsWindows()) _ = SetEnvironmentVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        NativeLibrary.SetDllImportResolver(typeof(LibTorchLoading).Assembly, Resolve);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != LibTorchAbi.Library) return 0;

        // Another copy of the file would be a second libtorch in the process.
        torch.InitializeDeviceType(DeviceType.CPU);
        return NativeLibrary.Load("libtorch_cpu.so");
    }
}
