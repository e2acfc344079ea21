using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>
/// Kernels on the processor: their source compiled as C++ by g++ behind a few definitions (<c>emulation.hpp</c>), and run on the
/// memory of the processor's tensors by the arguments of a launch, thread by thread.
/// </summary>
internal sealed unsafe class EmulatedDevice : IKernelDevice
{
    private static readonly ConcurrentDictionary<string, nint> s_libraries = [];
    private static readonly Lock s_running = new();

    private readonly ConcurrentDictionary<nint, string> _names = [];
    private readonly List<string> _launched = [];

    /// <summary>Few, so that loops go round.</summary>
    public int Processors => 1;

    /// <summary>The kernels that were launched, in order.</summary>
    public IReadOnlyList<string> Launched => _launched;

    /// <summary>Why there can be none; null where there can.</summary>
    public static string? Absence { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/g++") ? null
        : "Kernels are run on the processor by g++, on Linux, which is not here.";

    /// <summary>Has kernels run on this device, on this thread, until the end.</summary>
    public static Scope Begin(out EmulatedDevice device)
    {
        CudaKernel.StandIn = device = new EmulatedDevice();
        return default;
    }

    public nint Load(CudaKernel kernel)
    {
        nint library = s_libraries.GetOrAdd(kernel.Name + "\n" + kernel.Source, _ => Compile(kernel));
        _names[library] = kernel.Name;
        return library;
    }

    public void Run(nint function, uint blocks, uint blockSize, void** arguments)
    {
        var run = (delegate* unmanaged<uint, uint, void**, int>)NativeLibrary.GetExport(function, "emulate");
        var message = (delegate* unmanaged<nint>)NativeLibrary.GetExport(function, "emulation_message");
        lock (s_running)
        {
            _launched.Add(_names[function]);
            switch (run(blocks, blockSize, arguments))
            {
                case 1: throw new CudaException($"{_names[function]}: threads of a block wait at different places.");
                case 2: throw new CudaException(Marshal.PtrToStringUTF8(message()) ?? "");
            }
        }
    }

    private static nint Compile(CudaKernel kernel)
    {
        string folder = Directory.CreateTempSubdirectory("kernel").FullName;
        string source = Path.Combine(folder, kernel.Name + ".cpp"), library = Path.Combine(folder, kernel.Name + ".so");
        File.WriteAllText(source, $"""
            #include "{Path.Combine(AppContext.BaseDirectory, "Cuda", "emulation.hpp")}"
            {KernelPrelude.Source}
            {kernel.Source}
            EMULATE({kernel.Name})
            """);
        using var compiler = Process.Start(new ProcessStartInfo("g++",
            [
                "-std=c++17", "-O1", "-shared", "-fPIC", "-Wall", "-Werror", "-Wno-unused-function", "-Wno-unused-variable",
                "-Wno-sign-compare", "-o", library, source,
            ]) { RedirectStandardError = true })!;
        string said = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0) throw new CudaException($"g++ does not compile {kernel.Name}:\n{said}");
        nint loaded = NativeLibrary.Load(library);
        Directory.Delete(folder, recursive: true);
        return loaded;
    }

    public readonly ref struct Scope
    {
        public void Dispose() => CudaKernel.StandIn = null;
    }
}

/// <summary>A test of what kernels compute; skipped without g++.</summary>
public sealed class EmulatedFactAttribute : FactAttribute
{
    public EmulatedFactAttribute() => Skip = EmulatedDevice.Absence;
}

/// <summary>The same for several cases.</summary>
public sealed class EmulatedTheoryAttribute : TheoryAttribute
{
    public EmulatedTheoryAttribute() => Skip = EmulatedDevice.Absence;
}
