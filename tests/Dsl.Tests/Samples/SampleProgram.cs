using System.Diagnostics;
using Xunit;

namespace Dsl.Tests.Samples;

/// <summary>A sample as a process of its own.</summary>
internal static class SampleProgram
{
    /// <summary>What it writes; its exit status must be 0.</summary>
    /// <param name="name">The sample's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string Run(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{errors.Result}");
        return output.Trim();
    }

    /// <summary>The running process.</summary>
    /// <param name="name">The sample's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string name, params string[] arguments) => Process.Start(Information(name, arguments))!;

    /// <summary>The running process, which ignores no signal, whatever this one was told to ignore.</summary>
    /// <param name="name">The sample's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process StartWithSignals(string name, params string[] arguments)
    {
        var start = Information(name, arguments);
        string[] command = ["--default-signal=INT,TERM", start.FileName, .. start.ArgumentList];
        start.FileName = "env";
        start.ArgumentList.Clear();
        foreach (string part in command) start.ArgumentList.Add(part);
        return Process.Start(start)!;
    }

    /// <summary>The running process, which can write no larger files.</summary>
    /// <param name="kibibytes">How large.</param>
    /// <param name="name">The sample's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process StartWithFilesOf(int kibibytes, string name, params string[] arguments)
    {
        var start = Information(name, arguments);
        string[] command = [start.FileName, .. start.ArgumentList];
        start.FileName = "bash";
        start.ArgumentList.Clear();

        // The signal of the limit is ignored, so that a write fails; and the runtime keeps its code in no file of memory.
        foreach (string part in (string[])["-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"", "bash", .. command])
            start.ArgumentList.Add(part);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>How it is started.</summary>
    public static ProcessStartInfo Information(string name, string[] arguments)
    {
        // What the tests run with is what the program needs.
        string tests = Path.Combine(AppContext.BaseDirectory, "Dsl.Tests");
        bool isHost = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet";
        var start = new ProcessStartInfo(isHost ? Environment.ProcessPath! : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            "exec", "--runtimeconfig", tests + ".runtimeconfig.json", "--depsfile", tests + ".deps.json",
            Path.Combine(AppContext.BaseDirectory, name + ".dll"), .. arguments,
        ];
        foreach (string argument in all) start.ArgumentList.Add(argument);
        return start;
    }
}
