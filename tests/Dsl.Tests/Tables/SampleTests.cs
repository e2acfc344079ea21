using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>The program of the documentation: it is the sample, it is short, it trains in one process and predicts in
/// another.</summary>
public class SampleTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    [Fact]
    public void The_documentation_shows_the_sample_which_has_no_more_than_35_lines()
    {
        string program = File.ReadAllText(Path.Combine(Root, "samples", "Tables", "Program.cs"));
        int lines = program.TrimEnd().Split('\n').Length;
        string page = File.ReadAllText(Path.Combine(Root, "docs", "predicting.md"));
        Assert.Contains($"```cs\n{program}```", page, StringComparison.Ordinal);
        Assert.Contains($"{lines} lines with everything", page, StringComparison.Ordinal);
        Assert.InRange(lines, 1, 35);
    }

    [Fact]
    public void A_second_process_predicts_from_the_file_of_the_first()
    {
        string folder = Directory.CreateTempSubdirectory("dsl-sample").FullName;
        try
        {
            string file = Path.Combine(folder, "fruit.safetensors");
            string trained = Run("train", Path.Combine(Root, "samples", "Tables", "Data", "fruit.csv"), file);
            Assert.Matches(@"^(100\.0|9\d\.\d) % of 36 rows$", trained);
            Assert.Matches(@"^lemon, (100|[6-9]\d) %$", Run("predict", file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What the tests run with is what the program needs.
    private static string Run(params string[] arguments)
    {
        string tests = Path.Combine(AppContext.BaseDirectory, "Dsl.Tests");
        var start =
            new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host
            : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            "exec", "--runtimeconfig", tests + ".runtimeconfig.json", "--depsfile", tests + ".deps.json",
            Path.Combine(AppContext.BaseDirectory, "Tables.dll"), .. arguments,
        ];
        foreach (string argument in all) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{errors.Result}");
        return output.Trim();
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
