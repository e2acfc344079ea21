using System.Text;
using Xunit;

namespace Dsl.Loading.Tests;

/// <summary>What a program says whose natives are not as they should be, and that nothing stands in the way of others.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly DoctoredProgram _program = new();

    public void Dispose() => _program.Dispose();

    [LinuxFact]
    public void A_program_with_everything_works() => Assert.Equal(Program.Works, _program.Run([]).Trim());

    [LinuxFact]
    public void Libtorch_is_the_one_that_TorchSharp_loaded() =>
        Assert.Matches(@$"^{Program.Works}, mapped \S+/libtorch_cpu\.so$", _program.Run(["libtorch"]).Trim());

    [LinuxFact]
    public void OpenMPs_threads_wait_without_spinning() =>
        Assert.Contains("OMP_WAIT_POLICY = 'PASSIVE'", _program.Run([], ("OMP_DISPLAY_ENV", "true")), StringComparison.Ordinal);

    [LinuxFact]
    public void What_the_user_has_set_for_them_stays() => Assert.Contains(
        "OMP_WAIT_POLICY = 'ACTIVE'",
        _program.Run([], ("OMP_DISPLAY_ENV", "true"), ("OMP_WAIT_POLICY", "active")),
        StringComparison.Ordinal);

    [LinuxFact]
    public void Without_libtorch_the_package_is_named()
    {
        _program.Delete("libtorch*");
        Says(
            "This program has TorchSharp, but no libtorch (libtorch_cpu.so is not beside it). Add libtorch to the project that "
            + "is started: dotnet add package libtorch-cpu-linux-x64 --version 2.10.0, or libtorch-cuda-12.8-linux-x64 for "
            + "NVIDIA GPUs.");
    }

    [LinuxFact]
    public void Without_TorchSharps_library_the_folders_are_named()
    {
        _program.Delete(DoctoredProgram.TorchSharp);
        Says("TorchSharp's native library libLibTorchSharp.so is in none of this program's folders (", _program.Natives);
    }

    [LinuxFact]
    public void An_old_Cxx_library_is_named_with_the_version_and_the_remedy()
    {
        _program.Change(DoctoredProgram.TorchSharp, AsForANewerCxxLibrary);
        Says(
            $"{Path.Combine(_program.Natives, DoctoredProgram.TorchSharp)} needs GLIBCXX_3.4.32, which ",
            "libstdc++.so.6 of this machine does not have: it is too old.",
            "dotnet publish -p:DslMendTorchSharp=always");
    }

    [LinuxFact]
    public void A_library_of_another_processor_is_told_with_both_processors()
    {
        _program.Change(DoctoredProgram.TorchSharp, content => With(content, 18, 183));
        Says(
            $"{DoctoredProgram.TorchSharp} is built for arm64, but this program runs on x64.",
            "dotnet publish --runtime linux-x64");
    }

    [LinuxFact]
    public void A_damaged_library_is_told_in_the_systems_words()
    {
        _program.Change(DoctoredProgram.TorchSharp, content => content[..40]);
        Says($"{DoctoredProgram.TorchSharp} cannot be loaded. The system says: ", "file too short");
    }

    [LinuxFact]
    public void A_missing_part_of_libtorch_is_told_in_the_systems_words()
    {
        // One that no system has in its own folders, where it may have a libc10.so.
        _program.Delete("libgomp-*");
        Says("libtorch_cpu.so cannot be loaded. The system says: libgomp-", "cannot open shared object file");
    }

    /// <summary>In the first words that a person reads, and without TorchSharp's page of text.</summary>
    private void Says(params string[] words)
    {
        string output = _program.Run([]);
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.Contains("Dsl.Runtime.NativeLibraryException: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("LoadNativeBackend:", output, StringComparison.Ordinal);
    }

    /// <summary>As the package's file is to a machine with an older C++ library: no version there has its hash.</summary>
    private static byte[] AsForANewerCxxLibrary(byte[] content)
    {
        uint hash = 0;
        foreach (byte letter in Encoding.ASCII.GetBytes("GLIBCXX_3.4.32"))
        {
            hash = (hash << 4) + letter;
            hash = (hash ^ ((hash & 0xf0000000) >> 24)) & 0x0fffffff;
        }

        int need = content.AsSpan().IndexOf(BitConverter.GetBytes(hash));
        return With(With(content, need, 1, 2, 3, 4), need + 4, 0, 0);
    }

    private static byte[] With(byte[] content, int position, params byte[] value)
    {
        value.CopyTo(content, position);
        return content;
    }
}
