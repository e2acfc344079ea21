using Bench;
using Xunit;

namespace Dsl.Tests.Samples;

/// <summary>What the benchmark says of its measurements.</summary>
public class BenchResultTests
{
    [Fact]
    public void Sides_with_other_losses_are_refused()
    {
        var ours = Trial(1, 0.9);
        ours.RequireEqual(Trial(1.00005, 0.91), "mlp-adam", Side.TorchSharp);
        var first = Assert.Throws<InvalidOperationException>(() =>
            ours.RequireEqual(Trial(1.001, 0.9), "mlp-adam", Side.TorchSharp));
        Assert.StartsWith("mlp-adam: torchsharp's loss is 1.001 in step 1", first.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ours.RequireEqual(Trial(1, 0.95), "mlp-adam", Side.PyTorch));
        Assert.Throws<InvalidOperationException>(() => ours.RequireEqual(Trial(1, double.NaN), "mlp-adam", Side.PyTorch));
    }

    [Fact]
    public void The_spread_is_half_of_the_middle_half()
    {
        Assert.Equal(3, new double[] { 5, 1, 3, 2, 4 }.Median());
        Assert.Equal(1.0 / 3, new double[] { 5, 1, 3, 2, 4 }.Spread(), 1e-12);
        Assert.Equal(2, Block.Ratio([new(1, 0), new(4, 0)], [new(2, 0), new(8, 0)]));
        Assert.Equal(0, Block.RatioSpread([new(1, 0), new(4, 0)], [new(2, 0), new(8, 0)]));
    }

    [Fact]
    public void Runs_are_added_to_a_history_and_drawn()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            string history = Path.Combine(folder.FullName, "runs.jsonl"), page = Path.Combine(folder.FullName, "runs.html");
            HistoryEntry.Of([Row(1.5), Row(2) with { Workload = "once" }], null).AppendTo(history);
            HistoryEntry.Of([Row(1.25)], "1.13").AppendTo(history);
            var runs = HistoryEntry.Read(history);
            Assert.Equal([1.5, 1.25], runs.Select(run => run.Rows[0].RatioTorchSharp));
            Assert.Equal(["", "1.13"], runs.Select(run => run.Pytorch ?? ""));
            HistoryPage.Write(history, page);
            string text = File.ReadAllText(page);
            Assert.Contains("<h3>once</h3>", text, StringComparison.Ordinal);

            // Ratios and times of the workload that ran twice; of the other, and of memory that nobody measured, there is nothing
            // to draw.
            Assert.Equal(2, text.Split("<figure>").Length - 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_line_that_is_no_run_is_named()
    {
        string path = Path.GetTempFileName();
        try
        {
            HistoryEntry.Of([Row(1)], null).AppendTo(path);
            File.AppendAllText(path, "{\n");
            var error = Assert.Throws<InvalidDataException>(() => HistoryEntry.Read(path));
            Assert.Contains("line 2 is no run of the benchmark", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Trial Trial(double first, double others) =>
        new([first, .. Enumerable.Repeat(others, Bench.Trial.Steps - 1)], 0, null, null);

    private static Measurement Row(double ratio) => new()
    {
        Workload = "mlp-adam", Target = Side.Explicit, Threads = 1, Flops = 1e6, OursUs = 100, OursSpread = 0.01, OursBytes = 900,
        TorchSharpUs = 100 * ratio, TorchSharpSpread = 0.02, TorchSharpBytes = 5000, RatioTorchSharp = ratio,
        RatioTorchSharpSpread = 0.01,
    };
}
