using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>The program of the documentation: it is the sample, it is short, it trains in one process and predicts in
/// another.</summary>
public class SampleTests
{
    public static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

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
    public void The_tutorial_shows_the_template_and_the_web_sample()
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "tutorial.md"));
        string template = File.ReadAllText(Path.Combine(Root, "src", "Templates", "content", "dsl-table", "Program.cs"));
        Assert.Contains($"```cs\n{template}```", page, StringComparison.Ordinal);
        string[] served = File.ReadAllLines(Path.Combine(Root, "samples", "Serve", "Program.cs"));
        string[] shown = [.. served.Where(line => line.Contains("FruitNet.Load", StringComparison.Ordinal) || line.Contains("\"/predict\"", StringComparison.Ordinal))];
        Assert.Equal(2, shown.Length);
        Assert.All(shown, line => Assert.Contains(line, page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_process_predicts_from_the_file_of_the_first()
    {
        string folder = Directory.CreateTempSubdirectory("dsl-sample").FullName;
        try
        {
            string file = Path.Combine(folder, "fruit.safetensors");
            string trained = Run("Tables.dll", "train", Path.Combine(Root, "samples", "Tables", "Data", "fruit.csv"), file);
            Assert.Matches(@"^(100\.0|9\d\.\d) % of 36 rows$", trained);
            Assert.Matches(@"^lemon, (100|[6-9]\d) %$", Run("Tables.dll", "predict", file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a sample prints.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{errors.Result}");
        return output.Trim();
    }

    /// <summary>A sample in a process of its own: what the tests run with is what it needs.</summary>
    public static Process Start(string program, params string[] arguments)
    {
        string tests = Path.Combine(AppContext.BaseDirectory, "Dsl.Tests");
        bool isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var start = new ProcessStartInfo(isHosted ? Environment.ProcessPath! : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            "exec", "--runtimeconfig", tests + ".runtimeconfig.json", "--depsfile", tests + ".deps.json",
            Path.Combine(AppContext.BaseDirectory, program), .. arguments,
        ];
        foreach (string argument in all) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
