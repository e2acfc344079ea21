using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>TorchSharp's native libraries, before they are loaded.</summary>
public static class NativeLibraries
{
    private static int s_isPrepared;

    /// <summary>
    /// Sets what has to stand before libtorch loads, and has a load that fails told in words. Loads nothing itself. Compiled
    /// code calls it first of all, since the first statement of a program may be TorchSharp's; calling it again does nothing.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Prepare()
    {
        if (Interlocked.Exchange(ref s_isPrepared, 1) != 0)
        {
            return;
        }

        OpenMpThreads.KeepFromSpinning();
        FreedMemory.Keep();
        TorchSharpLibrary.ExplainFailures();
        LibTorchLibrary.Share();
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must stand before the first call into libtorch, whoever makes it.")]
    internal static void PrepareWithThisAssembly() => Prepare();
}
