using System.Runtime.CompilerServices;
using Dsl.Tests.Samples;
using Xunit;

namespace Dsl.Tests.ImageFolders;

/// <summary>The program of the documentation: it is the sample, it is short, it trains in one process and predicts in
/// another.</summary>
public class SampleTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    [Fact]
    public void The_documentation_shows_the_sample_which_has_no_more_than_25_lines()
    {
        string program = File.ReadAllText(Path.Combine(Root, "samples", "Images", "Program.cs"));
        int lines = program.TrimEnd().Split('\n').Length;
        string page = File.ReadAllText(Path.Combine(Root, "docs", "images.md"));
        Assert.Contains($"```cs\n{program}```", page, StringComparison.Ordinal);
        Assert.Contains($"{lines} lines with everything", page, StringComparison.Ordinal);
        Assert.InRange(lines, 1, 25);
    }

    [Fact]
    public void A_second_process_predicts_from_the_file_of_the_first()
    {
        string folder = Directory.CreateTempSubdirectory("dsl-sample").FullName;
        try
        {
            string images = Path.Combine(folder, "shapes"), file = Path.Combine(folder, "shapes.safetensors");
            SampleProgram.Run("Images", "draw", images);
            Assert.Matches(@"^(100\.0|9\d\.\d) % of 60 images$", SampleProgram.Run("Images", "train", images, file));
            string[] shapes = ["circle", "cross", "square"];
            string[] predicted = SampleProgram.Run(
                "Images", ["predict", file, .. shapes.Select(shape => Path.Combine(images, shape, "000.png"))]).Split('\n');
            Assert.All(shapes.Zip(predicted), pair => Assert.Matches(@$"^{pair.First} \(\d+\.\d %\)$", pair.Second.Trim()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
