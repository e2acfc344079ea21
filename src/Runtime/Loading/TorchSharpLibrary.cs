using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Dsl.Runtime;

/// <summary>
/// TorchSharp's own native library. Where it does not load, TorchSharp looks for another one in the cache of packages, copies
/// what it finds, and ends with a page of text that names a package which may well be there. So that the cause is
/// told instead, a program's TorchSharp is made to believe that the library has loaded; the first call into it, a moment
/// later, is answered with the cause.
/// </summary>
internal static class TorchSharpLibrary
{
    private const string Name = "LibTorchSharp";

    private static readonly Lock s_gate = new();
    private static nint s_handle;

    /// <summary>True while this thread looks for the library on behalf of a call into it.</summary>
    [ThreadStatic]
    private static bool t_isResolving;

    public static void ExplainFailures()
    {
        // In a host that takes assemblies out of the cache of packages, as F# Interactive, TorchSharp's search is the right one.
        if (!IsPartOfProgram())
        {
            return;
        }

        try
        {
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // Somebody has a way of their own to load TorchSharp's library: theirs counts.
            return;
        }

        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Pretend;
    }

    /// <summary>Comes after every other way to find a library has failed.</summary>
    private static nint Pretend(Assembly assembly, string name) =>
        name == Name && assembly == typeof(torch).Assembly && !t_isResolving ? NativeLibrary.GetMainProgramHandle() : 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Name)
        {
            return 0;
        }

        lock (s_gate)
        {
            return s_handle != 0 ? s_handle : s_handle = Load(assembly, searchPath);
        }
    }

    private static nint Load(Assembly assembly, DllImportSearchPath? searchPath)
    {
        t_isResolving = true;
        try
        {
            if (NativeLibrary.TryLoad(Name, assembly, searchPath, out nint handle))
            {
                return handle;
            }

            throw new NativeLibraryException(LoadingFailure.Explain(NativePlatform.Current, LibraryFolders.OfThisProgram()));
        }
        finally
        {
            t_isResolving = false;
        }
    }

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty path says that it is in the program itself.")]
    private static bool IsPartOfProgram()
    {
        string path = typeof(torch).Assembly.Location;
        return path.Length == 0 || path == Path.Combine(AppContext.BaseDirectory, Path.GetFileName(path));
    }
}
