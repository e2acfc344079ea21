using Dsl.Build.Elf;
using Xunit;

namespace Dsl.Build.Tests;

public class CxxLibraryTests
{
    [LinuxFact]
    public void The_library_of_this_process_is_found_with_its_versions()
    {
        var library = CxxLibrary.OfThisProcess();
        Assert.NotNull(library);
        Assert.StartsWith("GLIBCXX_3.4.", library.Newest, StringComparison.Ordinal);
        Assert.True(File.Exists(library.Path));
    }

    [LinuxFact]
    public void It_lacks_nothing_that_libtorch_needs()
    {
        byte[] libtorch = File.ReadAllBytes(Path.Combine(Natives.LibTorchFolder, "libc10.so"));
        Assert.Empty(CxxLibrary.OfThisProcess()!.MissingOf(new(libtorch)));
    }

    [Fact]
    public void What_a_mend_cannot_help_with_is_missing_too()
    {
        // OpenMP's library offers versions of symbols, as a C++ library does, but none of C++'s.
        string other = Path.Combine(Natives.LibTorchFolder, "libgomp-98b21ff3.so.1");
        var missing = CxxLibrary.Read(other).MissingOf(new(File.ReadAllBytes(Natives.TorchSharp)));
        Assert.Contains(SymbolVersionMend.Version, missing);
        Assert.Contains("GLIBCXX_3.4.30", missing);
    }
}
