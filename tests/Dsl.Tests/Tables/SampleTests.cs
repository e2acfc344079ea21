using System.Runtime.CompilerServices;
using Dsl.Tests.Samples;
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
        string[] shown = [.. served.Where(line =>
            line.Contains("FruitNet.Load", StringComparison.Ordinal) || line.Contains("\"/predict\"", StringComparison.Ordinal))];
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
            string trained = SampleProgram.Run(
                "Tables", "train", Path.Combine(Root, "samples", "Tables", "Data", "fruit.csv"), file);
            Assert.Matches(@"^(100\.0|9\d\.\d) % of 36 rows$", trained);
            Assert.Matches(@"^lemon, (100|[6-9]\d) %$", SampleProgram.Run("Tables", "predict", file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
