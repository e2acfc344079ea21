using Dsl.Runtime;
using Dsl.Tests.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Objectives that know how frequent classes are, against PyTorch, in both targets.</summary>
public class LongTailGoldenTests
{
    // Classes of 20, 10, 5, 5, 2, 2, 2, 2, 1 and 1 samples.
    private static readonly long[] Sizes = [20, 10, 5, 5, 2, 2, 2, 2, 1, 1];

    [Theory]
    [InlineData("Balanced", "balanced_0.99")]
    [InlineData("Inverse", "balanced_1")]
    [InlineData("BalancedFocal", "balanced_focal")]
    [InlineData("Adjusted", "adjusted_1")]
    [InlineData("Adjusted", "adjusted_2.5")]
    [InlineData("LdamMargins", "ldam")]
    [InlineData("LdamWeights", "ldam_weights")]
    public void Losses_and_gradients(string trainer, string name)
    {
        foreach (string suffix in new[] { "", "_some" })
        {
            var golden = Golden.Load($"long_tails/{name}{suffix}");
            foreach (string target in new[] { "Explicit", "Autograd" })
            {
                using var run = LossRun.Of(trainer + target, golden);
                foreach (string tensor in golden.Names.Where(tensor => tensor.StartsWith("loss.", StringComparison.Ordinal)))
                    golden.Matches(tensor, run[tensor["loss.".Length..]]);
                golden.Matches("logits_gradient", run.Gradient);
            }
        }
    }

    [Theory]
    [InlineData(typeof(DeferredExplicit))]
    [InlineData(typeof(DeferredAutograd))]
    public void Weights_are_deferred(Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("long_tails/ldam_deferred"), trainer, "");

    [Fact]
    public void Classes_that_are_counted_are_those_that_are_declared()
    {
        using var data = Data();
        using var net = new Logits(new Generator(1));
        using var counted = new LdamCounted(net);
        Assert.Contains("CountClasses", Assert.Throws<InvalidOperationException>(
            () => counted.Step(new(data.Inputs, data.Labels))).Message, StringComparison.Ordinal);
        counted.CountClasses(data);

        // The first step counts every class alike, the next ones by the weights.
        for (int step = 0; step < 2; step++)
        {
            using var scope = NewDisposeScope();
            var margins = tensor(Sizes.Select(size => 0.5 * Math.Pow(1.0 / size, 0.25)).ToArray(), ScalarType.Float32);
            var weights = tensor(Sizes.Select(size => 0.01 / (1 - Math.Pow(0.99, size))).ToArray(), ScalarType.Float32);
            var logits = net.forward(data.Inputs).sub(
                nn.functional.one_hot(data.Labels, 10).to(ScalarType.Float32).mul(margins)).mul(30);
            var expected = nn.functional.cross_entropy(logits, data.Labels, step == 0 ? null : weights);
            Close.To(expected, counted.Step(new(data.Inputs, data.Labels)).Total, $"step {step}");
        }
    }

    [Fact]
    public void A_class_without_a_sample_is_told()
    {
        using var data = Data().WhereLabel(label => label != 7);
        using var counted = new LdamCounted(new Logits(new Generator(1)));
        Assert.Contains("Class 7 has no sample",
            Assert.Throws<InvalidOperationException>(() => counted.Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_samples_by_class_resumes()
    {
        using var data = Data();
        using var whole = new AdjustedCounted(new Logits(new Generator(1)));
        whole.Fit(data);

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var first = new AdjustedCounted(new Logits(new Generator(1))))
            {
                first.Epochs = 2;
                first.StepsPerEpoch = whole.StepsPerEpoch;
                first.Fit(data);
                first.Save(path);
            }

            using var second = new AdjustedCounted(new Logits(new Generator(5)));
            second.Resume(path, withOtherNumbers: true);
            Assert.Equal(2 * whole.StepsPerEpoch, second.StepCount);
            second.Fit(data);
            Assert.Equal(whole.StepCount, second.StepCount);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_report_groups_classes_by_their_training_samples()
    {
        using var data = Data();
        using var trainer = new AdjustedCounted(new Logits(new Generator(1)));
        trainer.Fit(data);
        var report = trainer.Report(data);
        var groups = report.ByShots(ClassFrequencies.Numbers(data, 10), many: 5, few: 2);
        Assert.Equal(["many-shot", "medium-shot", "few-shot"], groups.Select(group => group.Name));
        Assert.Equal([2, 6, 2], groups.Select(group => group.Classes));
        Assert.Equal([30, 18, 2], groups.Select(group => group.Support));
        Assert.Equal(report.Classes.Skip(2).Take(6).Average(scores => scores.Recall), groups[1].Accuracy, 12);
        Assert.Throws<ArgumentException>(() => report.ByShots([1, 2]));
    }

    [Fact]
    public void Windows_weigh_classes_as_one_batch_does()
    {
        using var data = Data();
        using var trainer = new BalancedWindows(new Logits(new Generator(1)));
        Assert.True(double.IsFinite(trainer.Fit(data).Epochs[^1].Loss));
    }

    private static InMemoryData Data()
    {
        using var generator = new Generator(3);
        long[] labels = [.. Sizes.SelectMany((size, label) => Enumerable.Repeat((long)label, (int)size))];
        return new InMemoryData(randn([labels.Length, 8], generator: generator), tensor(labels));
    }
}
