using System.Runtime.InteropServices;
using Xunit;

namespace Dsl.Loading.Tests;

/// <summary>A test that loads libraries of Linux on x64.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Says why it is left out elsewhere.</summary>
    public LinuxFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? null
            : "it needs Linux on x64";
}
