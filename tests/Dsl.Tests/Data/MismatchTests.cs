using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Data;

/// <summary>Data that does not fit the declaration is told in words that say both, before any operator sees it, and nothing is
/// harmed.</summary>
public class MismatchTests
{
    [Fact]
    public void Inputs_of_another_width_or_type_are_told_with_what_was_declared()
    {
        using var trainer = new NarrowTrainer(new Narrow());
        Refused(trainer, rand(8, 5), "Narrow takes 'input' [N, 4] of Float32, but was given [4, 5] of Float32.");
        Refused(trainer, rand(8, 4, dtype: ScalarType.Float64), "given [4, 4] of Float64. Convert it: .to(ScalarType.Float32).");
        Refused(trainer, ones(8, 4, dtype: ScalarType.Int64), "given [4, 4] of Int64. Convert it");
        Refused(trainer, rand(8), "given [4] of Float32. A batch has a dimension for its samples in front");
    }

    [Fact]
    public void Images_of_another_size_do_not_train_by_what_pooling_rounds_off()
    {
        using var trainer = new PooledTrainer(new Pooled());
        using var data = new InMemoryData(rand(8, 3, 9, 9), Labels(8));
        Told("Pooled takes 'input' [N, 3, 8, 8] of Float32, but was given [4, 3, 9, 9]", () => trainer.Fit(data));
        Told("[N, 3, 8, 8]", () => trainer.Evaluate(data));
        Told("[N, 3, 8, 8]", () => trainer.Model.forward(rand(2, 1, 8, 8)));
    }

    [Fact]
    public void One_channel_is_not_spread_over_three_by_a_policy()
    {
        using var trainer = new NormalizedTrainer(new Pooled());
        using var data = new InMemoryData(rand(8, 1, 8, 8), Labels(8));
        Told("Pooled takes 'input' [N, 3, 8, 8] of Float32, but was given [4, 1, 8, 8]", () => trainer.Fit(data));
        Told("[8, 1, 8, 8]", () => trainer.Evaluate(data));
    }

    [Fact]
    public void Further_inputs_are_not_broadcast()
    {
        using var trainer = new GatedTrainer(new Gated());
        using var narrow = new InMemoryData(rand(8, 5), Labels(8, 2)).With("gate", rand(8, 1));
        Told("Gated takes 'gate' [N, 5] of Float32, but was given [4, 1]", () => trainer.Fit(narrow));
        Told("as many samples of 'input' as of 'gate', but was given 3 and 2",
            () => trainer.Model.forward(rand(3, 5), rand(2, 5)));
    }

    [Fact]
    public void Tokens_are_indices()
    {
        using var trainer = new TokensTrainer(new Tokens());
        Refused(trainer, rand(8, 6), "Tokens takes 'input' [N, 6] of Int64, but was given [4, 6] of Float32.");
    }

    [Fact]
    public void An_epoch_without_any_label_is_told()
    {
        using var trainer = new NarrowTrainer(new Narrow());
        using var none = new InMemoryData(rand(8, 4), full([8], -100, ScalarType.Int64));
        Told("has learned nothing in epoch 1: the loss of none of its steps is a number", () => trainer.Fit(none));
        Assert.True(trainer.Model.state_dict().Values.All(value => value.isfinite().all().ToBoolean()));

        // A batch without labels in an epoch that has some is left out of the mean.
        using var some = new InMemoryData(rand(8, 4), tensor([-100L, -100, -100, -100, -100, -100, -100, 1]));
        using var other = new NarrowTrainer(new Narrow());
        Assert.True(double.IsFinite(Assert.Single(other.Fit(some).Epochs).Loss));
    }

    [Fact]
    public void Labels_are_classes_of_the_model()
    {
        using var trainer = new NarrowTrainer(new Narrow());
        var x = rand(4, 4);
        RefusedLabels(x, tensor([0L, 1, 3, 2]),
            "the label 3 at place 2 of the batch, but the model tells 3 classes apart: labels lie in 0, ..., 2, or are -100");
        RefusedLabels(x, tensor([0L, -1, 2, 2]), "the label -1 at place 1");
        RefusedLabels(x, tensor([0L, 1]), "labels [4] of Int64 for 4 samples, but was given [2] of Int64");
        RefusedLabels(x, tensor([0L, 1, 2, 0]).unsqueeze(1), "given [4, 1] of Int64. Drop the last dimension");
        RefusedLabels(x, eye(3).index_select(0, tensor([0L, 1, 2, 0])), "given [4, 3] of Float32. Give the number of the class");
        RefusedLabels(x, rand(4), "given [4] of Float32. Classes are whole numbers from 0: .to(ScalarType.Int64).");
        using var batch = new NarrowTrainer.Batch(x, tensor([0L, -100, 2, 1]));
        Assert.True(double.IsFinite(trainer.Step(batch).Total.ToDouble()));
        using var outside = new InMemoryData(rand(4, 4), tensor([0L, 1, 2, 7]));
        Told("the label 7 at place 3", () => trainer.Evaluate(outside));

        void RefusedLabels(Tensor inputs, Tensor labels, string words) =>
            Told(words, () => trainer.Step(new NarrowTrainer.Batch(inputs, labels)));
    }

    [Fact]
    public void Labels_at_positions_have_a_place_for_each()
    {
        using var trainer = new TaggerTrainer(new Tagger());
        Told("labels [2, 6] of Int64 for 2 samples, but was given [2, 5]",
            () => trainer.Step(new TaggerTrainer.Batch(rand(2, 6, 4), zeros(2, 5, ScalarType.Int64))));
    }

    [Fact]
    public void A_batch_of_one_is_refused_by_batch_normalisation_before_it_does_harm()
    {
        using var trainer = new NarrowTrainer(new Narrow());
        using var automatic = new NarrowAutogradTrainer(new Narrow());
        using var data = new InMemoryData(rand(5, 4), Labels(5));
        Told("'Narrow' normalises over the batch alone", () => trainer.Fit(data));
        Told("'Narrow' normalises over the batch alone", () => automatic.Fit(data));
        Told("Batch normalisation was given [1, 8] in training", () => trainer.Step(new(rand(1, 4), Labels(1))));
        Told("Batch normalisation was given [1, 8] in training", () => automatic.Step(new(rand(1, 4), Labels(1))));
        foreach (var model in new[] { trainer.Model, automatic.Model })
            foreach (var (name, value) in model.state_dict()) Assert.True(value.isfinite().all().ToBoolean(), name);
        Assert.True(double.IsFinite(trainer.Evaluate(data).Loss));
    }

    [Fact]
    public void Numbers_that_are_none_are_refused_with_their_place()
    {
        var inputs = rand(6, 4);
        inputs[5, 2] = double.NaN;
        Told("The inputs have NaN in row 5 at [2]", () => new InMemoryData(inputs, Labels(6)));
        var targets = rand(6);
        targets[1] = double.PositiveInfinity;
        targets[3] = double.NaN;
        Told("The targets have an infinite number in row 1, and 1 more", () => new InMemoryData(rand(6, 4), targets));
    }

    [Fact]
    public void A_run_that_diverges_says_after_which_step_and_where()
    {
        using var trainer = new WildTrainer(new Narrow());
        using var data = new InMemoryData(rand(8, 4), Labels(8));
        var error = Assert.Throws<DivergedException>(() => trainer.Fit(data));
        Assert.Matches(
            "^The run has diverged: after step [0-9]+ '[0-9]+\\.[a-z_]+' of Narrow is no longer finite", error.Message);
    }

    [Fact]
    public void Logits_that_are_no_numbers_have_no_accuracy()
    {
        using var trainer = new NarrowTrainer(new Narrow());
        using var data = new InMemoryData(rand(8, 4), Labels(8));
        using (no_grad()) trainer.Model.Arena.Values.fill_(double.NaN);
        var evaluation = trainer.Evaluate(data);
        Assert.True(double.IsNaN(evaluation.Loss) && double.IsNaN(evaluation.Accuracy));
    }

    private static Tensor Labels(long count, long classes = 3) => arange(count, ScalarType.Int64).remainder(classes);

    private static void Refused(NarrowTrainer trainer, Tensor inputs, string words)
    {
        using var data = new InMemoryData(inputs, Labels(8));
        Told(words, () => trainer.Fit(data));
    }

    private static void Refused(TokensTrainer trainer, Tensor inputs, string words)
    {
        using var data = new InMemoryData(inputs, Labels(8, 2));
        Told(words, () => trainer.Fit(data));
    }

    private static void Told(string words, Action action) =>
        Assert.Contains(words, Assert.Throws<DataMismatchException>(action).Message, StringComparison.Ordinal);
}
