using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// Where NVRTC is: beside libtorch for GPUs, which ships it, else the system's. The variable <c>DSL_NVRTC</c> names the file of
/// another one.
/// </summary>
internal static class NvrtcLibrary
{
    private const string Variable = "DSL_NVRTC";

    /// <summary>Names under which a system has it.</summary>
    public static IReadOnlyList<string> SystemFiles { get; } = OperatingSystem.IsWindows()
        ? ["nvrtc64_120_0.dll", "nvrtc64_112_0.dll", "nvrtc64_130_0.dll"]
        : ["libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so.13"];

    /// <summary>The functions of the first that can be loaded.</summary>
    /// <exception cref="CudaException">There is none; the message says where it was looked for.</exception>
    public static NvrtcFunctions Load() =>
        Load([.. BesideLibTorch(), .. SystemFiles], Environment.GetEnvironmentVariable(Variable));

    /// <summary>The same of given files.</summary>
    /// <param name="files">Paths, or names that the system looks for, in order.</param>
    /// <param name="asked">A file to take in their place; null or empty for none.</param>
    /// <exception cref="CudaException">None can be loaded.</exception>
    internal static NvrtcFunctions Load(IReadOnlyList<string> files, string? asked)
    {
        if (asked is { Length: > 0 }) files = [asked];
        foreach (string file in files)
        {
            if (!NativeLibrary.TryLoad(file, out nint library)) continue;
            return new(name => NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0, file);
        }

        throw new CudaException(
            $"Kernels for GPUs are compiled by NVRTC, which cannot be loaded; it was looked for as {string.Join(", ", files)}. "
            + $"It comes with libtorch's package for CUDA and with the CUDA toolkit, and the variable {Variable} names the file "
            + $"of another. {LoopChoice.WithoutKernels}");
    }

    /// <summary>What a folder has of it.</summary>
    internal static IEnumerable<string> Within(string folder) =>
        Directory.EnumerateFiles(folder, OperatingSystem.IsWindows() ? "nvrtc64_*.dll" : "libnvrtc*.so*")
            .Where(file => !file.Contains("builtins", StringComparison.Ordinal)
                && !file.Contains(".alt.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> BesideLibTorch()
    {
        using var process = Process.GetCurrentProcess();
        string? folder = process.Modules.Cast<ProcessModule>()
            .Where(module => Path.GetFileNameWithoutExtension(module.FileName) is "libtorch_cuda" or "torch_cuda")
            .Select(module => Path.GetDirectoryName(module.FileName)).FirstOrDefault();
        return folder is null ? [] : Within(folder);
    }
}
