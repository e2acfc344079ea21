using Dsl.Runtime;
using Dsl.Tests.Fuzzed;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Data;

/// <summary>A batch is held against the declaration before anything has changed: parameters, statistics and moments
/// stay.</summary>
public sealed class BatchRequirementTests
{
    [Fact]
    public void Targets_are_looked_at_before_statistics_learn_from_the_inputs()
    {
        using var trainer = new RegressionTrainer(new Normed());
        Tensor[] all = [rand(4), rand(4, 3), rand(3, 2), full([4, 2], double.NaN), rand(4, 2).to(ScalarType.ComplexFloat32)];
        foreach (var targets in all)
            Unchanged(trainer.Model, () => Assert.Throws<DataMismatchException>(() => trainer.Step(new(rand(4, 4), targets))));
    }

    [Fact]
    public void A_target_of_one_number_is_a_row_or_a_column()
    {
        Targets.Require("T", "Label", rand(4), 4, 1);
        Targets.Require("T", "Label", rand(4, 1), 4, 1);
        Assert.Throws<DataMismatchException>(() => Targets.Require("T", "Label", rand(4, 4), 4, 1));
    }

    [Fact]
    public void Unlabeled_inputs_are_looked_at_before_statistics_learn_from_labeled_ones()
    {
        using var trainer = new ConvolvedMeanTeacher(new Convolved());
        Unchanged(trainer.Model, () => Assert.Throws<DataMismatchException>(
            () => trainer.Step(new(rand(4, 2, 4, 4), zeros(4, ScalarType.Int64), rand(4, 2, 4, 3)))));
        Unchanged(trainer.Model, () => Assert.Throws<DataMismatchException>(
            () => trainer.Step(new(rand(4, 2, 4, 4), zeros(4, ScalarType.Int64), rand(0, 2, 4, 4)))));
    }

    [Fact]
    public void Images_are_looked_at_before_they_are_mixed()
    {
        using var trainer = new ConvolvedCutMix(new Convolved());
        var error = Assert.Throws<DataMismatchException>(() => trainer.Step(new(rand(4, 2, 5, 4), zeros(4, ScalarType.Int64))));
        Assert.Contains("[4, 2, 5, 4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_batch_of_a_window_is_found_before_the_good_ones_before_it_have_trained()
    {
        using var trainer = new WindowTrainer(new Flat());
        Unchanged(trainer.Model, () => Assert.Throws<DataMismatchException>(
            () => trainer.Step([new(rand(4, 4), zeros(4, ScalarType.Int64)), new(rand(4, 4), full([4], 3, ScalarType.Int64))])));
        Assert.Equal(0, trainer.Model.Arena.Gradients.abs().max().ToDouble());
    }

    [Fact]
    public void Numbers_that_are_none_do_not_reach_the_weights_whatever_the_mode()
    {
        using var trainer = new FlatTrainer(new Flat());
        var inputs = rand(4, 4);
        inputs[1, 2] = double.PositiveInfinity;
        trainer.Model.eval();
        Unchanged(trainer.Model, () => Assert.Contains(
            "The numbers of 'Input' have an infinite number in row 1 at [2]",
            Assert.Throws<DataMismatchException>(() => trainer.Step(new(inputs, zeros(4, ScalarType.Int64)))).Message,
            StringComparison.Ordinal));

        // A prediction tells itself, in the row that has it, and harms nothing.
        using var output = trainer.Model.forward(inputs);
        Assert.True(output[0].isfinite().all().ToBoolean());
    }

    [Fact]
    public void Parts_that_no_operator_reads_are_told_by_name()
    {
        using var trainer = new FlatTrainer(new Flat());
        var labels = zeros(4, ScalarType.Int64);
        var freed = rand(4, 4);
        freed.Dispose();
        Assert.Throws<ArgumentNullException>("input", () => trainer.Step(new(null!, labels)));
        Assert.Throws<ArgumentNullException>("labels", () => trainer.Step(new(rand(4, 4), null!)));
        Assert.Throws<ArgumentNullException>("batch", () => trainer.Step(null!));
        Assert.Equal("input", Assert.Throws<ObjectDisposedException>(() => trainer.Step(new(freed, labels))).ObjectName);
        Assert.Throws<DataMismatchException>(() => trainer.Step(new(rand(4, 4).to_sparse(), labels)));
        Assert.Throws<DataMismatchException>(() => trainer.Step(new(empty([4, 4], ScalarType.Float32, META), labels)));
    }

    [Fact]
    public void Draws_are_those_of_the_batch()
    {
        using var trainer = new ConvolvedMixup(new Convolved());
        var batch = new ConvolvedMixup.Batch(rand(4, 2, 4, 4), zeros(4, ScalarType.Int64));
        foreach (int samples in new[] { 1, 3, 5 })
        {
            using var draws = trainer.SampleDraws(new(rand(samples, 2, 4, 4), zeros(samples, ScalarType.Int64)));
            Unchanged(trainer.Model, () => Assert.Contains(
                "one for each of its 4 samples", Assert.Throws<DataMismatchException>(() => trainer.Step(batch, draws)).Message,
                StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(long.MaxValue)]
    public void An_index_without_a_vector_is_told_with_the_size_of_the_table(long index)
    {
        using var trainer = new TaggedTrainer(new Tagged());
        var tokens = zeros(2, 5, ScalarType.Int64);
        tokens[1, 3] = index;
        string words = $"The index {index}, at place 8 of [2, 5]";
        Told(() => trainer.Step(new(tokens, zeros(2, 5, ScalarType.Int64))));
        Told(() => trainer.Model.forward(tokens));

        void Told(Action action) =>
            Assert.Contains(words, Assert.Throws<DataMismatchException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_was_computed_with_gradients_trains_again_and_again_and_gets_none()
    {
        using var trainer = new TwoInputsTrainer(new TwoInputs());
        var source = rand(4, 4).requires_grad_();
        var batch = new TwoInputsTrainer.Batch(source.sin(), rand(4, 6), zeros(4, ScalarType.Int64));
        trainer.Step(batch);
        trainer.Step(batch);
        Assert.Null(source.grad);
    }

    private static void Unchanged(nn.Module model, Action action)
    {
        var before = model.state_dict().Select(pair => pair.Value.clone()).ToArray();
        action();
        foreach (var ((name, value), old) in model.state_dict().Zip(before)) Assert.True(value.Equals(old), name);
    }
}
