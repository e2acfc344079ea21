using Dsl.Build.Elf;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Xunit;

namespace Dsl.Build.Tests;

public sealed class MendTorchSharpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-mend").FullName;
    private readonly RecordedBuild _build = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mended_copy_takes_the_place_of_the_file_and_keeps_what_was_known_of_it()
    {
        byte[] before = File.ReadAllBytes(Natives.TorchSharp);
        var task = Run("always", Item(Natives.TorchSharp));

        Assert.Equal(Natives.TorchSharp, Assert.Single(task.Replaced).ItemSpec);
        var mended = Assert.Single(task.Mended);
        Assert.Equal("runtimes/linux-x64/native/libLibTorchSharp.so", mended.GetMetadata("DestinationSubPath"));
        Assert.StartsWith(_folder, mended.ItemSpec, StringComparison.Ordinal);
        Assert.Null(SymbolVersionMend.Find(new(File.ReadAllBytes(mended.ItemSpec))));
        Assert.Equal(before, File.ReadAllBytes(Natives.TorchSharp));
    }

    [Fact]
    public void It_says_so_once_and_leaves_the_file_alone_from_then_on()
    {
        string path = Assert.Single(Run("always", Item(Natives.TorchSharp)).Mended).ItemSpec;
        Assert.Contains("DslMendTorchSharp=always", Assert.Single(_build.Messages), StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        _build.Messages.Clear();

        Assert.Single(Run("always", Item(Natives.TorchSharp)).Mended);
        Assert.Empty(_build.Messages);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void A_hard_link_to_an_older_copy_keeps_its_content()
    {
        string copy = Path.Combine(_folder, "mended", Natives.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.WriteAllText(copy, "older");
        using var reader = File.OpenRead(copy);
        Run("always", Item(Natives.TorchSharp));

        // An open file is another name of the same content, as a hard link is.
        Assert.Equal(5, reader.Length);
        Assert.Equal(new FileInfo(Natives.TorchSharp).Length, new FileInfo(copy).Length);
    }

    [Fact]
    public void Never_leaves_everything_as_it_is()
    {
        var task = Run("never", Item(Natives.TorchSharp));
        Assert.Empty(task.Replaced);
        Assert.Empty(task.Mended);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Auto_mends_where_this_machine_lacks_the_version()
    {
        bool lacks = CxxLibrary.OfThisProcess()?.MissingOf(new(File.ReadAllBytes(Natives.TorchSharp))).Count > 0;
        Assert.Equal(lacks ? 1 : 0, Run("auto", Item(Natives.TorchSharp)).Mended.Length);
    }

    [Fact]
    public void Other_libraries_are_not_looked_at()
    {
        var task = Run("always", Item(Path.Combine(_folder, "libtorch.so")));
        Assert.Empty(task.Replaced);
    }

    [Fact]
    public void A_file_that_is_mended_already_goes_out_as_it_is()
    {
        string path = Assert.Single(Run("always", Item(Natives.TorchSharp)).Mended).ItemSpec;
        Assert.Empty(Run("always", Item(path)).Replaced);
    }

    [Fact]
    public void What_cannot_be_mended_is_an_error_that_says_where_and_what_to_do()
    {
        string path = Path.Combine(_folder, Natives.FileName);
        File.WriteAllText(path, "nothing");
        Run("always", succeeds: false, Item(path));
        string error = Assert.Single(_build.Errors);
        Assert.StartsWith(
            $"DSLBUILD002 {path} cannot be mended for older C++ libraries: it is not an ELF file.",
            error,
            StringComparison.Ordinal);
        Assert.Contains("set the property DslMendTorchSharp to never", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_mode_is_an_error()
    {
        Run("sometimes", succeeds: false, Item(Natives.TorchSharp));
        Assert.Equal(
            "DSLBUILD001 The property DslMendTorchSharp is 'sometimes': write auto, always or never.",
            Assert.Single(_build.Errors));
    }

    private static TaskItem Item(string path)
    {
        var item = new TaskItem(path);
        item.SetMetadata("DestinationSubPath", $"runtimes/linux-x64/native/{Path.GetFileName(path)}");
        return item;
    }

    private MendTorchSharp Run(string mode, params ITaskItem[] items) => Run(mode, succeeds: true, items);

    private MendTorchSharp Run(string mode, bool succeeds, params ITaskItem[] items)
    {
        string folder = Path.Combine(_folder, "mended");
        var task = new MendTorchSharp { BuildEngine = _build, Libraries = items, Folder = folder, Mode = mode };
        Assert.Equal(succeeds, task.Execute());
        return task;
    }
}
