using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dsl.Runtime;
using TorchSharp;

namespace Dsl.Loading.Tests;

/// <summary>
/// A program whose first statement is TorchSharp's. With an argument, it asks for libtorch as the runtime does.
/// </summary>
internal static class Program
{
    public const string Works = "works";

    /// <summary>What the compiler writes into a program with declarations.</summary>
    [ModuleInitializer]
    internal static void Prepare() => NativeLibraries.Prepare();

    public static void Main(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            bool isThere = NativeLibrary.TryGetExport(LibTorchLibrary.Load(), "torch_call_dispatcher", out _);
            Console.WriteLine($"{(isThere ? Works : "no export")}, mapped {string.Join(' ', MappedLibTorch())}");
            return;
        }

        using var sum = torch.ones(2, 2).sum();
        Console.WriteLine(sum.item<float>() == 4 ? Works : $"{sum.item<float>()}");
    }

    private static IEnumerable<string> MappedLibTorch() => File.ReadLines("/proc/self/maps")
        .Where(line => line.EndsWith("/libtorch_cpu.so", StringComparison.Ordinal))
        .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..])
        .Distinct();
}
