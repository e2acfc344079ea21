using System.Diagnostics;
using System.Globalization;
using Dsl.Tests.Samples;
using Xunit;

namespace Dsl.Tests.Runs;

/// <summary>Runs that save after every step and are killed, in processes of their own: the short version of
/// tools/KillCheck. And those that are told to end.</summary>
public class KilledRunTests
{
    [Theory]
    [InlineData("plain", "TERM", "SIGTERM")]
    [InlineData("gan", "INT", "Ctrl-C")]
    public void A_run_that_is_told_to_end_saves_and_says_so(string name, string signal, string called)
    {
        // Elsewhere a process has no such signals, or cannot be freed of what it is told to ignore, as by `nohup`.
        if (!OperatingSystem.IsLinux()) return;
        string folder = Directory.CreateTempSubdirectory("dsl-ended-").FullName;
        try
        {
            string whole = Path.Combine(folder, "whole"), ended = Path.Combine(folder, "ended");
            string expected = SampleProgram.Run("KillCheck", "run", name, whole);
            using (var process = SampleProgram.StartWithSignals("KillCheck", "run", name, ended))
            {
                while (!File.Exists(ended) && !process.HasExited) Thread.Sleep(1);
                Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
                string errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.NotEqual(0, process.ExitCode);
                Assert.Contains($"was ended by {called} after step", errors, StringComparison.Ordinal);
                Assert.Contains($"is saved to {ended}: Resume", errors, StringComparison.Ordinal);
            }

            Assert.Equal(expected, SampleProgram.Run("KillCheck", "run", name, ended));
            Assert.Equal([ended, whole], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_disk_that_is_full_costs_no_checkpoint()
    {
        // A limit on the size of files is what a process can be given of a full disk.
        if (!OperatingSystem.IsLinux()) return;
        string folder = Directory.CreateTempSubdirectory("dsl-full-").FullName;
        try
        {
            string whole = Path.Combine(folder, "whole"), stopped = Path.Combine(folder, "stopped");
            string expected = SampleProgram.Run("KillCheck", "run", "plain", whole);
            using (var process = SampleProgram.Start("KillCheck", "run", "plain", stopped))
            {
                while (!File.Exists(stopped) && !process.HasExited) Thread.Sleep(1);
                process.Kill();
                process.WaitForExit();
            }

            byte[] before = File.ReadAllBytes(stopped);
            using (var process = SampleProgram.StartWithFilesOf(4, "KillCheck", "run", "plain", stopped))
            {
                string errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.NotEqual(0, process.ExitCode);
                Assert.Contains($"IOException: {stopped} cannot be written", errors, StringComparison.Ordinal);
            }

            Assert.Equal(before, File.ReadAllBytes(stopped));
            Assert.Equal(expected, SampleProgram.Run("KillCheck", "run", "plain", stopped));
            Assert.Equal([stopped, whole], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("accumulation", 1)]
    [InlineData("dqn", 2)]
    public void A_killed_run_ends_like_an_undisturbed_one(string name, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("dsl-killed-").FullName;
        try
        {
            string whole = Path.Combine(folder, "whole"), killed = Path.Combine(folder, "killed");
            string expected = SampleProgram.Run("KillCheck", "run", name, whole);
            Assert.Equal(64, expected.Length);
            var random = new Random(seed);
            for (int kill = 0; kill < 2; kill++)
            {
                using var process = SampleProgram.Start("KillCheck", "run", name, killed);

                // Once there is a file, at any moment of the steps and saves that follow.
                while (!File.Exists(killed) && !process.HasExited) Thread.Sleep(1);
                Thread.Sleep(random.Next(200));
                process.Kill();
                process.WaitForExit();
            }

            Assert.Equal(expected, SampleProgram.Run("KillCheck", "run", name, killed));
            Assert.Equal([killed, whole], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
