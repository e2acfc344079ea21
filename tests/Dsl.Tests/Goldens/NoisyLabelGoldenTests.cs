using Digits;
using Dsl.Runtime;
using Dsl.Tests.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>What stands up to wrong labels, against PyTorch: losses, corrections, weights by a few right labels.</summary>
public class NoisyLabelGoldenTests
{
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["Label"] = "label",
        ["CleanInput"] = "clean_input",
        ["CleanLabel"] = "clean_label",
    };

    public static TheoryData<string, Func<Small, Weighting, IDisposable>> Weightings => new()
    {
        { "weight_net", (model, weighting) => new Weighted(model, weighting) },
        { "weight_net", (model, weighting) => new WeightedByAutograd(model, weighting) },
        { "weight_net_at_rate", (model, weighting) => new WeightedAtRate(model, weighting) },
    };

    [Theory]
    [InlineData("Generalized", "generalized_0.7")]
    [InlineData("Generalized", "generalized_0.2")]
    [InlineData("Generalized", "generalized_1")]
    [InlineData("Symmetric", "symmetric_0.1")]
    [InlineData("Symmetric", "symmetric_1")]
    [InlineData("ForwardEven", "forward_even")]
    [InlineData("BackwardEven", "backward_even")]
    [InlineData("ForwardGiven", "forward_even")]
    [InlineData("ForwardGiven", "forward_pairs")]
    [InlineData("BackwardGiven", "backward_pairs")]
    public void Losses_and_gradients(string trainer, string name)
    {
        foreach (string suffix in new[] { "", "_some" })
        {
            var golden = Golden.Load($"noisy_labels/{name}{suffix}");
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
    [InlineData(typeof(Reweighted))]
    [InlineData(typeof(ReweightedByAutograd))]
    public void Samples_count_by_what_they_do_for_clean_ones(Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("noisy_labels/reweight"), trainer, "");

    [Theory]
    [InlineData(typeof(Cleaned))]
    [InlineData(typeof(CleanedByAutograd))]
    public void Sets_of_samples_make_clean_features(Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("noisy_labels/cleaner"), trainer, "model.", "weighting.");

    [Fact]
    public void The_number_of_samples_of_a_set_that_count_is_told()
    {
        var golden = Golden.Load("noisy_labels/cleaner");
        using var model = new SmallWithFeatures();
        using var weighting = new SetWeighting();
        golden.Restore(model.state_dict(), "initial.model.");
        golden.Restore(weighting.state_dict(), "initial.weighting.");
        using var trainer = new Cleaned(model, weighting);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            golden.Matches(at + "value.counted",
                trainer.Step(new(golden[at + "batch.input"], golden[at + "batch.label"])).CountedSamples);
        }
    }

    /// <summary>Digits of which 40 % have a label drawn at random.</summary>
    [Fact]
    public void Sets_learn_what_is_alike_in_them()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(0);
        using (train)
        using (test)
        using (NewDisposeScope())
        using (var generator = new Generator(1))
        {
            var wrong = rand(train.Count, generator: generator) < 0.4;
            var drawn = randint(0, 10, new[] { train.Count }, ScalarType.Int64, generator: generator);
            using var noisy = new InMemoryData(train.Inputs.clone(), where(wrong, drawn, train.Labels));
            using var model = new DigitFeatures(generator);
            using var weighting = new DigitSets(generator);
            using var trainer = new CleanedDigits(model, weighting) { Seed = 1 };
            trainer.Fit(noisy);
            Assert.True(trainer.Evaluate(test).Accuracy > 0.85);
        }
    }

    [Fact]
    public void A_set_has_one_label()
    {
        using var trainer = new Cleaned(new SmallWithFeatures(), new SetWeighting());
        using var inputs = randn(12, 6);
        using var mixed = tensor(new long[] { 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3 });
        Assert.Contains("1 at place 2 and 0 at place 0", Assert.Throws<DataMismatchException>(
            () => trainer.Step(new(inputs.alias(), mixed.alias()))).Message, StringComparison.Ordinal);
        Assert.Contains("no sets of 3", Assert.Throws<DataMismatchException>(
            () => trainer.Step(new(inputs.narrow(0, 0, 11), mixed.narrow(0, 0, 11)))).Message, StringComparison.Ordinal);

        // A set with a sample without a label counts nothing.
        using var some = tensor(new long[] { 0, 0, 0, 1, -100, 1, 2, 2, 2, -100, -100, -100 });
        using var few = new CleanedByAutograd(trainer.Model, trainer.Weighting);
        var whole = few.ComputeGradients(new(inputs.alias(), some.alias()), new()).CrossEntropy.clone();
        var labelled = inputs.index_select(0, tensor(new long[] { 0, 1, 2, 6, 7, 8 }));
        var part = few.ComputeGradients(new(labelled, tensor(new long[] { 0, 0, 0, 2, 2, 2 })), new()).CrossEntropy;
        Close.To(whole, part, "the mean over two sets");
    }

    [Theory]
    [InlineData(typeof(Taught))]
    [InlineData(typeof(TaughtByAutograd))]
    public void Two_networks_choose_for_each_other(Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("noisy_labels/co_teaching"), trainer, "model.", "peer.");

    [Fact]
    public void Samples_without_a_label_are_never_chosen()
    {
        using var scope = NewDisposeScope();
        Tensor losses = tensor(new[] { 3f, 1, 2, 5 }), labels = tensor(new long[] { 0, -100, 1, 1 });
        Close.To(tensor(new[] { 0.5f, 0, 0.5f, 0 }), SampleWeights.OfSmallest(losses, labels, 0.7), "two of three");
        Close.To(tensor(new[] { 0f, 0, 1, 0 }), SampleWeights.OfSmallest(losses, labels, 0.1), "one at least");
        Close.To(zeros(4), SampleWeights.OfSmallest(losses, full([4], -100, ScalarType.Int64), 1), "none");
    }

    /// <summary>Digits of which 40 % have a label drawn at random.</summary>
    [Fact]
    public void Two_networks_learn_no_more_wrong_labels_than_one()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(0);
        using (train)
        using (test)
        using (NewDisposeScope())
        using (var generator = new Generator(1))
        {
            var wrong = rand(train.Count, generator: generator) < 0.4;
            var drawn = randint(0, 10, new[] { train.Count }, ScalarType.Int64, generator: generator);
            using var noisy = new InMemoryData(train.Inputs.clone(), where(wrong, drawn, train.Labels));
            using var two = new TaughtDigits(new DigitPlain(generator), new DigitPlain(generator)) { Seed = 1 };
            two.Fit(noisy);
            using var one = new UntaughtDigits(new DigitPlain(generator)) { Seed = 1 };
            one.Fit(noisy);
            double taught = two.Evaluate(test).Accuracy, untaught = one.Evaluate(test).Accuracy;
            Assert.True(taught > 0.9, $"{taught}");
            Assert.True(taught > untaught - 0.005, $"{taught} and {untaught}");
        }
    }

    [Theory]
    [InlineData(typeof(Tolerant))]
    [InlineData(typeof(TolerantByAutograd))]
    public void Predictions_stay_where_labels_are_made_wrong(Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("noisy_labels/mlnt"), trainer, "");

    [Fact]
    public void The_number_of_samples_that_count_is_told()
    {
        var golden = Golden.Load("noisy_labels/reweight");
        using var model = new Small();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = new Reweighted(model);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            golden.Matches(at + "value.counted", trainer.Step(new(golden[at + "batch.input"], golden[at + "batch.label"],
                golden[at + "batch.clean_input"], golden[at + "batch.clean_label"])).CountedSamples);
        }
    }

    [Theory]
    [MemberData(nameof(Weightings))]
    public void A_weighting_network_learns_by_clean_samples(string name, Func<Small, Weighting, IDisposable> create)
    {
        var golden = Golden.Load("noisy_labels/" + name);
        using var model = new Small();
        using var weighting = new Weighting();
        using var trainer = create(model, weighting);
        var run = new PhaseRun(golden, trainer, Parts, "main",
            ("weighting", "Weighting", weighting, weighting.Arena), ("model", "Network", model, model.Arena));
        run.CheckSteps();
        run.CheckGradients();
    }

    [Fact]
    public void A_run_with_clean_samples_resumes()
    {
        using var data = Data(40);
        using var clean = Data(5);
        using var whole = new WeightedForLong(new Small(new Generator(1)), new Weighting(new Generator(2)));
        whole.Fit(data, clean);
        Assert.Equal(20, whole.StepCount);

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var first = new WeightedForLong(new Small(new Generator(1)), new Weighting(new Generator(2))) { Epochs = 2 })
            {
                first.Fit(data, clean);
                first.Save(path);
            }

            using var second = new WeightedForLong(new Small(new Generator(3)), new Weighting(new Generator(4)));
            second.Resume(path, withOtherNumbers: true);
            second.Fit(data, clean);
            Close.To(whole.Model.Arena.Values, second.Model.Arena.Values, "the network", 0);
            Close.To(whole.Weighting.Arena.Values, second.Weighting.Arena.Values, "the weighting network", 0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_transition_is_estimated_and_kept()
    {
        using var data = Data(40);
        using var net = new Small(new Generator(1));
        using var trainer = new Corrected(net);
        Assert.Contains("Transition.Estimate",
            Assert.Throws<InvalidOperationException>(() => trainer.Fit(data)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => trainer.Transition.Set(ones(4, 4)));
        Assert.Throws<ArgumentException>(() => trainer.Transition.Set(eye(3)));
        trainer.Transition.Estimate(net, data);
        using (NewDisposeScope())
        {
            net.eval();
            var probabilities = net.forward(data.Inputs).softmax(1);
            for (int i = 0; i < 4; i++)
            {
                var surest = probabilities[probabilities.select(1, i).argmax()];
                Close.To(surest, trainer.Transition.Matrix[i], $"row {i}");
            }
        }

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            trainer.Epochs = 1;
            trainer.Fit(data);
            trainer.Save(path);
            trainer.Epochs = 2;
            trainer.Fit(data);
            using var second = new Corrected(new Small(new Generator(3)));
            second.Resume(path, withOtherNumbers: true);
            second.Fit(data);
            Close.To(trainer.Transition.Matrix, second.Transition.Matrix, "the transition", 0);
            Close.To(trainer.Model.Arena.Values, second.Model.Arena.Values, "the network", 0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_declared_transition_is_inverted_as_one_that_is_set()
    {
        using var data = Data(9);
        using var declared = new BackwardDeclared(new Small(new Generator(1)));
        using var set = new BackwardSet(new Small(new Generator(1)));
        set.Transition.Set(tensor(new[] { 0.5f, 0.5f, 0, 0, 0, 0.5f, 0.5f, 0, 0, 0, 0.5f, 0.5f, 0, 0, 0, 1 }).view(4, 4));
        Close.To(
            declared.Step(new(data.Inputs, data.Labels)).Total, set.Step(new(data.Inputs, data.Labels)).Total, "the loss");
        Close.To(declared.Model.Arena.Values, set.Model.Arena.Values, "the network");
        using var even = full([4, 4], 0.25);
        set.Transition.Set(even);
        Assert.Contains("no inverse", Assert.Throws<InvalidOperationException>(
            () => set.Step(new(data.Inputs, data.Labels))).Message, StringComparison.Ordinal);
    }

    private static InMemoryData Data(int count)
    {
        using var generator = new Generator(5);
        var inputs = randn([count, 6], generator: generator);
        return new InMemoryData(inputs, inputs.narrow(1, 0, 4).argmax(1));
    }
}
