using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using Dsl.Tests.Samples;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>Folders and disks that fail a run that saves: what was saved stays, and the run goes on from it.</summary>
public sealed class FailingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-failing-").FullName;

    private string Inner => Path.Combine(_folder, "inner");

    private string Run => Path.Combine(Inner, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ReadOnlyFolderFact]
    public void A_folder_that_becomes_read_only_costs_no_checkpoint()
    {
        string expected = SampleProgram.Run("KillCheck", "run", "plain", Path.Combine(_folder, "whole"));
        using (var process = SampleProgram.Start("KillCheck", "run", "plain", Run))
        {
            var output = process.StandardOutput.ReadToEndAsync();
            WaitForFile(Run, process);
            using (ReadOnlyFolder.Make(Inner))
            {
                string errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.NotEqual(0, process.ExitCode);
                Assert.Contains($"IOException: {Run} cannot be written, and is as it was", errors, StringComparison.Ordinal);
                Assert.Matches(@"Step \d+ of PlainTrainer is not saved\. .*run is of step \d+\. Make room", errors);
            }
        }

        Assert.Equal(expected, SampleProgram.Run("KillCheck", "run", "plain", Run));
        Assert.Equal([Run], Directory.GetFiles(Inner));
    }

    [ReadOnlyFolderFact]
    public void A_read_only_folder_is_refused_before_the_first_step()
    {
        Directory.CreateDirectory(Inner);
        using (ReadOnlyFolder.Make(Inner))
        using (var process = SampleProgram.Start("KillCheck", "run", "plain", Run))
        {
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.NotEqual(0, process.ExitCode);
            Assert.Contains($"IOException: {Run} cannot be written", errors, StringComparison.Ordinal);
            Assert.Contains("Checkpoint.Prepare", errors, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(Inner));
    }

    [Fact]
    public void A_folder_that_vanishes_is_made_again_and_what_was_in_it_is_a_checkpoint()
    {
        // Elsewhere a folder with open files stays where it is.
        if (!OperatingSystem.IsLinux()) return;
        string expected = SampleProgram.Run("KillCheck", "run", "plain", Path.Combine(_folder, "whole"));
        string moved = Path.Combine(_folder, "moved");
        using (var process = SampleProgram.Start("KillCheck", "run", "plain", Run))
        {
            WaitForFile(Run, process);
            Directory.Move(Inner, moved);
            string errors = process.StandardError.ReadToEnd();
            Assert.Equal(expected, process.StandardOutput.ReadToEnd().Trim());
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
        }

        Assert.Equal([Run], Directory.GetFiles(Inner));
        Assert.Equal(expected, SampleProgram.Run("KillCheck", "run", "plain", Path.Combine(moved, "run")));
        Assert.Equal([Path.Combine(moved, "run")], Directory.GetFiles(moved));
    }

    [Fact]
    public void A_run_whose_folder_cannot_be_made_again_can_be_saved_elsewhere()
    {
        // Elsewhere a folder with open files stays where it is.
        if (!OperatingSystem.IsLinux()) return;
        using var data = Noise();
        using var whole = NewTrainer();
        whole.Fit(data, Path.Combine(_folder, "whole"));
        using var trainer = NewTrainer();
        string moved = Path.Combine(_folder, "moved");
        var error = Assert.Throws<IOException>(() => trainer.Fit(data, Run, new Watcher { Step = Replace }));
        Assert.Contains($"{Run}: its folder cannot be created", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Step 9 of Diverging is not saved. There is no {Run}.", error.Message, StringComparison.Ordinal);

        // Neither what was saved nor what was learned since is lost.
        Assert.Equal(10, trainer.StepCount);
        string elsewhere = Path.Combine(_folder, "elsewhere");
        trainer.Save(elsewhere);
        foreach (var (file, step) in new[] { (elsewhere, 10), (Path.Combine(moved, "run"), 8) })
        {
            using var resumed = NewTrainer();
            resumed.Resume(file);
            Assert.Equal(step, resumed.StepCount);
            resumed.Fit(data, file);
            Assert.True(whole.Model.Arena.Values.Equals(resumed.Model.Arena.Values));
        }

        // Before step 9 is saved, and when step 8 is, beside it.
        void Replace(long step)
        {
            if (step != 9) return;
            while (SavedStep(Run) != "8") Thread.Sleep(1);
            Directory.Move(Inner, moved);
            File.WriteAllText(Inner, "a file in the place of a folder");
        }

        static Diverging NewTrainer() => new(Fresh()) { LearningRate = 1e-3 };
    }

    [SlowDiskFact]
    public void A_disk_that_is_slow_costs_no_checkpoint()
    {
        string expected = SampleProgram.Run("KillCheck", "run", "accumulation", Path.Combine(_folder, "whole"));
        var random = new Random(3);
        for (int kill = 0; kill < 3; kill++)
        {
            using var process = SlowDisk.Start(30, "KillCheck", "run", "accumulation", Run);
            WaitForFile(Run, process);
            Thread.Sleep(random.Next(300));
            SlowDisk.Kill(process);
            using var file = Safetensors.Read(Run);
            Assert.Equal(64, file.Metadata["dsl.sha256"].Length);
        }

        using (var process = SlowDisk.Start(5, "KillCheck", "run", "accumulation", Run))
        {
            var errors = process.StandardError.ReadToEndAsync();
            Assert.Equal(expected, process.StandardOutput.ReadToEnd().Trim());
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
        }

        Assert.Equal([Run], Directory.GetFiles(Inner));
    }

    [Fact]
    public void What_is_written_beside_the_run_is_what_is_written_between_its_steps()
    {
        using var data = Noise();
        using var beside = new EveryStep(Fresh());
        using var between = new EveryStepInPlace(Fresh());
        beside.Fit(data, Path.Combine(_folder, "beside"));
        between.Fit(data, Path.Combine(_folder, "between"));
        Assert.Equal(24, Directory.GetFiles(_folder, "beside.step-*").Length);
        foreach (string file in Directory.GetFiles(_folder, "beside*"))
        {
            using var first = Safetensors.Read(file);
            using var second = Safetensors.Read(file.Replace("beside", "between", StringComparison.Ordinal));
            Assert.Equal(second.Keys, first.Keys);
            Assert.All(first, pair => Assert.True(pair.Value.Equals(second[pair.Key]), $"{file}: {pair.Key}"));
            Assert.Equal(second.Metadata["dsl.step"], first.Metadata["dsl.step"]);
            Assert.Equal(second.Metadata["dsl.history"], first.Metadata["dsl.history"]);
        }
    }

    [Fact]
    public void A_watcher_that_saves_and_resumes_waits_for_what_is_being_written()
    {
        using var data = Noise();
        using var trainer = new EveryStep(Fresh());
        string own = Path.Combine(_folder, "own");
        var last = new List<long>();
        trainer.Fit(data, own, new Watcher
        {
            Step = step =>
            {
                trainer.Save(own);
                last.Add(long.Parse(SavedStep(own), CultureInfo.InvariantCulture));
            },
        });
        Assert.Equal(Enumerable.Range(1, 24).Select(step => (long)step), last);
    }

    private static string SavedStep(string path)
    {
        using var file = Safetensors.Read(path);
        return file.Metadata["dsl.step"];
    }

    private static void WaitForFile(string file, Process process)
    {
        while (!File.Exists(file) && !process.HasExited) Thread.Sleep(1);
    }

    private static Plain Fresh()
    {
        using var generator = new Generator(2);
        return new Plain(generator);
    }

    private static InMemoryData Noise()
    {
        manual_seed(1);
        return new InMemoryData(randn(20, 6), randint(0, 4, new long[] { 20 }, ScalarType.Int64));
    }
}
