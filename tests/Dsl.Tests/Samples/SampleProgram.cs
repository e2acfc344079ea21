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
    public static Process Start(string name, params string[] arguments)
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
        return Process.Start(start)!;
    }
}
