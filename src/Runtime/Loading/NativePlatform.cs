using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>A system and processor, and what TorchSharp's natives are called there.</summary>
internal sealed record NativePlatform(string System, string Processor)
{
    private static readonly string[] s_served = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    public static NativePlatform Current { get; } = new(
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "other",
        RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.X86 => "x86",
            Architecture.Arm64 => "arm64",
            var other => $"{other}",
        });

    /// <summary>The name that .NET has for it.</summary>
    public string Name => $"{System}-{Processor}";

    public bool IsServed => s_served.Contains(Name);

    public static string Served => string.Join(", ", s_served);

    public string TorchSharpFile => FileOf("LibTorchSharp");

    public string LibTorchFile => FileOf("torch_cpu");

    /// <summary>The package with libtorch for the processor alone.</summary>
    public string LibTorchPackage => $"libtorch-cpu-{Name}";

    /// <summary>The package with libtorch for NVIDIA's GPUs, where there is one.</summary>
    public string? CudaPackage => Name is "linux-x64" or "win-x64" ? $"libtorch-cuda-12.8-{Name}" : null;

    private string FileOf(string library) => System switch
    {
        "win" => $"{library}.dll",
        "osx" => $"lib{library}.dylib",
        _ => $"lib{library}.so",
    };
}
