extern alias FineTuneSample;

using System.Globalization;
using System.Text.RegularExpressions;
using Dsl.Tests.Tables;
using FineTuneSample::FineTune;
using Xunit;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The sample of the chapter on fine-tuning: two processes, and better than from scratch.</summary>
public partial class FineTuneTests(ITestOutputHelper output)
{
    [Fact]
    public void A_pretrained_part_helps_where_there_are_few_images()
    {
        string folder = Directory.CreateTempSubdirectory("dsl-fine-tune").FullName;
        try
        {
            string weights = Path.Combine(folder, "pretrained.safetensors");
            SampleProgram.Run("FineTune", "pretrain", weights);
            string said = SampleProgram.Run("FineTune", "tune", weights);
            Assert.StartsWith(
                "6 tensors were loaded; 2 are missing in the file: head.weight, head.bias; ", said, StringComparison.Ordinal);
            double scratch = FromScratch(), head = Number(said, "head"), all = Number(said, "all");
            output.WriteLine($"scratch {scratch:P1}, head {head:P1}, all {all:P1}");
            Assert.True(all > head && all > scratch + 0.02, $"scratch {scratch:P1}, head {head:P1}, all {all:P1}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_documentation_shows_the_sample()
    {
        string program = File.ReadAllText(Path.Combine(SampleTests.Root, "samples", "FineTune", "Program.cs"));
        Assert.Contains(
            $"```cs\n{program}```", File.ReadAllText(Path.Combine(SampleTests.Root, "docs", "fine-tuning.md")),
            StringComparison.Ordinal);
        Assert.InRange(program.Split('\n').Count(line => line.Trim().Length > 0), 1, 35);
    }

    // As many epochs in all, with every parameter from the first on.
    private static double FromScratch()
    {
        var (train, test) = Pretraining.Digits(1000, 30, digit => digit.remainder(2));
        using var net = new FineTuneSample::Tuned(new Generator(1));
        using var trainer = new FineTuneSample::TunedTrainer(net) { GroupFeaturesLearningRateScale = 1, Epochs = 80 };
        trainer.Fit(train);
        return trainer.Evaluate(test).Accuracy;
    }

    private static double Number(string said, string line) =>
        double.Parse(Percent().Matches(said).Single(found => found.Groups[1].Value == line).Groups[2].Value,
            CultureInfo.InvariantCulture) / 100;

    [GeneratedRegex(@"^(\w+): ([\d.]+) %", RegexOptions.Multiline)]
    private static partial Regex Percent();
}
