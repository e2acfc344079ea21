using Xunit;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>A test that compiles by NVRTC; skipped where the system has none.</summary>
public sealed class NvrtcFactAttribute : FactAttribute
{
    public NvrtcFactAttribute() => Skip = SystemNvrtc.Absence;
}

/// <summary>The same for several cases.</summary>
public sealed class NvrtcTheoryAttribute : TheoryAttribute
{
    public NvrtcTheoryAttribute() => Skip = SystemNvrtc.Absence;
}

/// <summary>The system's NVRTC, which needs no GPU.</summary>
internal static class SystemNvrtc
{
    private static readonly Lazy<(NvrtcFunctions? Functions, string? Absence)> s_found = new(Find);

    public static string? Absence => s_found.Value.Absence;

    public static KernelCompiler Compiler => new(s_found.Value.Functions!);

    private static (NvrtcFunctions?, string?) Find()
    {
        try
        {
            return (NvrtcLibrary.Load(), null);
        }
        catch (CudaException missing)
        {
            return (null, missing.Message);
        }
    }
}
