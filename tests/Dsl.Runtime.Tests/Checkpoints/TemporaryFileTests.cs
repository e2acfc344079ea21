using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Checkpoints;

/// <summary>What a process leaves when it is killed while it saves goes away; what a living one writes stays.</summary>
public sealed class TemporaryFileTests : IDisposable
{
    private static readonly Dictionary<string, Tensor> Nothing = [];

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_of_dead_writers_go_with_the_next_save()
    {
        Leave("run", DeadProcess());
        Leave("run", Environment.ProcessId);
        Checkpoint.Save(Target, "Trainer", Nothing, 0, 0);
        Assert.Equal(["run"], _folder.Files());
    }

    [Fact]
    public void Files_of_dead_writers_go_with_the_next_resume()
    {
        Checkpoint.Save(Target, "Trainer", Nothing, 0, 0);
        Leave("run", DeadProcess());
        Checkpoint.Load(Target, "Trainer", Nothing);
        Assert.Equal(["run"], _folder.Files());
    }

    [Fact]
    public void Files_of_living_writers_stay()
    {
        using var own = new TemporaryFile(Target);
        Leave("run", LivingProcess());
        Checkpoint.Save(Target, "Trainer", Nothing, 0, 0);
        Assert.Equal(3, _folder.Files().Length);
        own.Fill(_ => { });
        Assert.Equal(2, _folder.Files().Length);
    }

    [Fact]
    public void A_file_that_is_locked_stays_whatever_its_name_says()
    {
        var left = Leave("run", DeadProcess());
        using (new FileStream(left, FileMode.Open, FileAccess.Write, FileShare.Delete))
        {
            Checkpoint.Save(Target, "Trainer", Nothing, 0, 0);
            Assert.True(File.Exists(left));
        }

        Checkpoint.Save(Target, "Trainer", Nothing, 0, 0);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void A_folder_that_goes_while_its_file_is_written_is_what_is_told()
    {
        var folder = _folder.File("folder");
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, "run");
        var error = Assert.Throws<DirectoryNotFoundException>(() =>
        {
            using var file = new TemporaryFile(target);
            file.Fill(_ => Directory.Delete(folder, recursive: true));
        });
        Assert.Contains($"{target} cannot be written: there is no folder {folder}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_stay()
    {
        var dead = DeadProcess();
        Leave("run2", dead);
        Leave("other.run", dead);
        _folder.Write("run.tmp", "");
        _folder.Write("run.1.tmp", "");
        _folder.Write($"run.{dead}.notes.tmp", "");
        _folder.Write($"run.x.{Guid.NewGuid():N}.tmp", "");
        Checkpoint.Save(Target, "Trainer", Nothing, 0, 0);
        Assert.Equal(7, _folder.Files().Length);
    }

    // The system's first process lives as long as the system.
    private static int LivingProcess()
    {
        var processes = Process.GetProcesses();
        try
        {
            return processes.Where(process => process.Id > 0 && process.Id != Environment.ProcessId).Min(process => process.Id);
        }
        finally
        {
            Array.ForEach(processes, process => process.Dispose());
        }
    }

    // The number of a process that has ended.
    private static int DeadProcess()
    {
        var start = new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.Kill();
        process.WaitForExit();
        return process.Id;
    }

    private string Leave(string target, int process) => _folder.Write(
        string.Create(CultureInfo.InvariantCulture, $"{target}.{process}.{Guid.NewGuid():N}.tmp"), "half a checkpoint");
}
