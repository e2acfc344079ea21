using Dsl.Runtime;
using Xunit;

namespace Dsl.Loading.Tests;

/// <summary>The words for systems on which these tests do not run.</summary>
public class ExplanationTests
{
    [Theory]
    [InlineData("linux", "arm64")]
    [InlineData("win", "x86")]
    [InlineData("osx", "x64")]
    public void A_system_that_TorchSharp_does_not_serve_is_named(string system, string processor)
    {
        string words = LoadingFailure.Explain(new(system, processor), []);
        Assert.StartsWith(
            $"TorchSharp has no native libraries for {system}-{processor}, on which this program runs",
            words,
            StringComparison.Ordinal);
        Assert.Contains("linux-x64, win-x64, win-arm64, osx-arm64", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("win", "x64", "LibTorchSharp.dll", ", or libtorch-cuda-12.8-win-x64 for NVIDIA GPUs")]
    [InlineData("win", "arm64", "LibTorchSharp.dll", "")]
    [InlineData("osx", "arm64", "libLibTorchSharp.dylib", "")]
    public void Each_system_has_its_own_package(string system, string processor, string file, string cuda)
    {
        string folder = Directory.CreateTempSubdirectory("dsl-loading").FullName;
        File.WriteAllText(Path.Combine(folder, file), "");
        Assert.EndsWith(
            $"dotnet add package libtorch-cpu-{system}-{processor} --version 2.10.0{cuda}.",
            LoadingFailure.Explain(new(system, processor), [folder]),
            StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
