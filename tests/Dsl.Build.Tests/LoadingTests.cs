using System.Runtime.InteropServices;
using Dsl.Build.Elf;
using Xunit;

namespace Dsl.Build.Tests;

/// <summary>What the loader of this machine says to the package's file and to the mended one.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-mend").FullName;

    public LoadingTests()
    {
        foreach (string library in Directory.EnumerateFiles(Natives.LibTorchFolder))
        {
            File.CreateSymbolicLink(Path.Combine(_folder, Path.GetFileName(library)), library);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LinuxFact]
    public void The_packages_file_loads_where_nothing_is_missing_and_the_mended_one_here()
    {
        byte[] original = File.ReadAllBytes(Natives.TorchSharp);
        var missing = CxxLibrary.OfThisProcess()!.MissingOf(new(original));
        Exception? refusal = Record.Exception(() => Load("original", original));
        if (missing.Count == 0)
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Contains(missing[0], Assert.IsType<DllNotFoundException>(refusal).Message, StringComparison.Ordinal);
        }

        nint mended = Load("mended", SymbolVersionMend.Find(new(original))!.Apply());
        Assert.True(NativeLibrary.TryGetExport(mended, "THSTensor_ndimension", out _));
    }

    private nint Load(string name, byte[] content)
    {
        // Two files of one name would be one library to the loader.
        string path = Path.Combine(_folder, $"{name}-{Natives.FileName}");
        File.WriteAllBytes(path, content);
        return NativeLibrary.Load(path);
    }
}
