using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Torch;

/// <summary>Finds and loads the shim, and with it libtorch.</summary>
internal static partial class NativeLibraryLoader
{
    /// <summary>The environment variable that names another build of the shim.</summary>
    public const string PathVariable = "DSL_TORCH_LIBRARY";

    private const string FileName = "libdsl_torch.so";

    /// <summary>A module initializer: a static constructor of NativeMethods would be checked on every call into the shim.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver must be known before the first call, whoever makes it.")]
    internal static void Install()
    {
        KeepThreadsFromSpinning();
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == "dsl_torch" ? Load(assembly) : 0;

    private static nint Load(Assembly assembly)
    {
        LoadedLibTorch.Require();
        var beside = Path.Combine(AppContext.BaseDirectory, FileName);
        if (File.Exists(beside))
        {
            return NativeLibrary.Load(beside);
        }

        var named = Environment.GetEnvironmentVariable(PathVariable);
        if (!string.IsNullOrEmpty(named))
        {
            return NativeLibrary.Load(named);
        }

        // Out of the package it lies where the host looks for native libraries.
        if (NativeLibrary.TryLoad(FileName, assembly, searchPath: null, out var packaged))
        {
            return packaged;
        }

        throw new DllNotFoundException(
            $"The native part of Dsl.Torch was not found: {beside} does not exist, the environment variable {PathVariable} does not " +
            "name it, and no package brings it for this platform. Run ./dsl build: it finds libtorch and builds the shim.");
    }

    /// <summary>
    /// OpenMP's threads spin by default while they wait; on shared cores a step of 1 ms then takes 30 to 230 ms. The
    /// runtime reads its setting when libtorch loads, through native getenv, which does not see the variables that
    /// .NET's Environment.SetEnvironmentVariable sets. What the user has set stays.
    /// </summary>
    private static void KeepThreadsFromSpinning()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironmentVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
