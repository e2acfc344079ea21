using Dsl.Runtime;
using Dsl.Tests.Pixels;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Masked convolutions and models of pixels: three steps, likelihoods and samples, as in PyTorch, in both
/// targets.</summary>
public sealed class PixelGoldenTests
{
    public static TheoryData<string, Type> Cases => new()
    {
        { "binary", typeof(BinaryTrainer) },
        { "binary", typeof(BinaryAutograd) },
        { "levels", typeof(LevelsTrainer) },
        { "levels", typeof(LevelsAutograd) },
        { "stacks", typeof(StacksTrainer) },
        { "stacks", typeof(StacksAutograd) },
        { "labelled", typeof(LabelledTrainer) },
        { "labelled", typeof(LabelledAutograd) },
        { "rows", typeof(RowsTrainer) },
        { "rows", typeof(RowsAutograd) },
    };

    [Fact] public void Mask_a() => Check<MaskedA, MaskedA.Tape>("a");

    [Fact] public void Mask_b() => Check<MaskedB, MaskedB.Tape>("b");

    [Fact] public void Mask_a_of_colours() => Check<MaskedAColors, MaskedAColors.Tape>("a_colors");

    [Fact] public void Mask_b_of_colours() => Check<MaskedBColors, MaskedBColors.Tape>("b_colors");

    [Fact] public void Mask_b_with_all_options() => Check<MaskedBAllOptions, MaskedBAllOptions.Tape>("b_all_options");

    [Fact] public void Mask_of_rows_above() => Check<MaskedAbove, MaskedAbove.Tape>("above");

    [Fact] public void Mask_of_rows() => Check<MaskedRows, MaskedRows.Tape>("rows");

    [Fact] public void Rows() => LayerGoldenTests.Check<Rows, Rows.Tape>("pixels/row");

    [Fact] public void Rows_of_a_wide_kernel() => LayerGoldenTests.Check<RowsWide, RowsWide.Tape>("pixels/row_wide");

    [Fact] public void Rows_of_columns_alone() => LayerGoldenTests.Check<RowsOne, RowsOne.Tape>("pixels/row_one");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type) => JointRun.ThreeSteps(Golden.Load("pixels/" + name), type, "");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Samples_and_likelihoods(string name, Type type)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("pixels/" + name);
        using nn.Module model = name switch { "binary" => new Binary(), "levels" => new Levels(),
            "stacks" => new Stacks(), "rows" => new RowStack(), _ => new Labelled() };
        golden.Restore(model.state_dict(), "step2.after.");
        dynamic trainer = Activator.CreateInstance(type, [model, .. Defaults(type)])!;
        using var ended = (IDisposable)trainer;
        bool isLabelled = golden.Names.Contains("labels");
        golden.Matches("sampled", (Tensor)(isLabelled
            ? trainer.Sample(golden["numbers"], golden["labels"]) : trainer.Sample(golden["numbers"])));
        Tensor images = golden["images"];
        using var data = new InMemoryData(
            images, isLabelled ? golden["labels"] : zeros(images.size(0), ScalarType.Int64));
        PixelLikelihood likelihood = trainer.EvaluateLikelihood(data);
        double expected = golden["losses"].mean().ToDouble();
        Assert.Equal(expected, likelihood.NegativeLogLikelihood, 1e-4);
        Assert.Equal(expected / Math.Log(2) / (images.numel() / images.size(0)), likelihood.BitsPerDimension, 1e-5);
        Assert.True(model.training);
    }

    /// <summary>By the gradient: what a pixel's logits depend on, colour by colour.</summary>
    [Fact]
    public void A_pixel_depends_on_earlier_ones_alone()
    {
        foreach (var (model, colors, each) in ((nn.Module<Tensor, Tensor>, int, int)[])[
            (new Binary(), 1, 1), (new Levels(), 2, 4), (new Stacks(), 1, 1), (new RowStack(), 1, 4)])
        {
            using var ended = model;
            model.eval();
            var input = rand(1, colors, 5, 6).requires_grad_();
            var logits = model.forward(input);
            bool dependsOnEarlier = false;
            for (int output = 0; output < colors * 30; output++)
            {
                int color = output / 30, row = output % 30 / 6, column = output % 6;
                var told = logits[0].narrow(0, color * each, each).select(2, column).select(1, row).sum();
                var gradient = autograd.grad([told], [input], retain_graph: true)[0];
                for (int source = 0; source < colors * 30; source++)
                {
                    float by = gradient[0, source / 30, source % 30 / 6, source % 6].ToSingle();
                    bool isEarlier = source % 30 < output % 30 || (source % 30 == output % 30 && source / 30 < color);
                    if (!isEarlier) Assert.Equal(0, by);
                    else dependsOnEarlier |= by != 0;
                }
            }

            Assert.True(dependsOnEarlier);
        }
    }

    [Fact]
    public void Labels_say_what_is_drawn()
    {
        using var scope = NewDisposeScope();
        using Labelled model = new();
        using var trainer = new LabelledTrainer(model);
        Tensor images = rand(3, 1, 5, 6), labels = tensor([0L, 2, 1]);
        Assert.Equal([3, 1, 5, 6], trainer.Sample(labels, seed: 1).shape);
        Close.To(trainer.Sample(labels, seed: 1), trainer.Sample(labels, seed: 1), "the same seed", 0);
        var completed = trainer.Complete(images, labels, rows: 2, seed: 1);
        using var rounded = PixelLevels.Rounded(images, 4);
        Close.To(rounded.narrow(2, 0, 2), completed.narrow(2, 0, 2), "rows that are given", 0);
        Assert.Throws<DataMismatchException>(() => trainer.Sample(tensor([3L])));
        Assert.Throws<DataMismatchException>(() => trainer.Complete(images, tensor([0L, 1]), rows: 2));
        using InMemoryData unlabelled = new(images, tensor([0L, -100, 1]));
        Assert.Throws<DataMismatchException>(() => trainer.EvaluateLikelihood(unlabelled));
    }

    [Fact]
    public void Halves_of_a_batch_are_a_batch()
    {
        var golden = Golden.Load("pixels/levels");
        using Levels model = new();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = new LevelsAccumulated(model);
        using var halves = new BatchWindow<LevelsAccumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(golden["step0.batch.input"].narrow(0, start, 4)));
        using var counts = trainer.CountWindow(halves);
        for (int half = 0; half < 2; half++) trainer.ComputeGradients(halves[half], new(), counts);
        trainer.ApplyGradients();
        foreach (var (state, value) in model.state_dict()) golden.Matches($"step0.after.{state}", value);
    }

    /// <summary>The entropy of the data is known, and so is what samples of it look like. The first pixel is always 1: around the
    /// image are zeros, which a network takes for pixels.</summary>
    [Fact]
    public void It_learns_a_distribution()
    {
        var random = new Random(3);
        float[] pixels = new float[3 * 2000];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = i % 3 == 0 ? 1 : random.Next(10) == 0 ? pixels[i - 1] : 1 - pixels[i - 1];
        var images = tensor(pixels, [2000, 1, 1, 3]);
        using var data = new InMemoryData(images, zeros(2000, ScalarType.Int64));
        using var generator = new Generator(1);
        using var trainer = new AlternationTrainer(new Alternation(generator));
        trainer.Fit(data);
        double again = (images.narrow(3, 1, 2) == images.narrow(3, 0, 2)).to_type(ScalarType.Float64).mean().ToDouble();
        double entropy = -2 * ((again * Math.Log2(again)) + ((1 - again) * Math.Log2(1 - again)));
        Assert.Equal(entropy / 3, trainer.EvaluateLikelihood(data).BitsPerDimension, 0.01);
        using var drawn = trainer.Sample(2000, seed: 4);
        double repeated = (drawn.narrow(3, 1, 2) == drawn.narrow(3, 0, 2)).to_type(ScalarType.Float64).mean().ToDouble();
        Assert.Equal(again, repeated, 0.03);
        using var same = trainer.Sample(2000, seed: 4);
        Close.To(drawn, same, "samples of one seed", 0);
        using var other = trainer.Sample(2000, seed: 5);
        Assert.False(other.Equals(drawn));
    }

    [Fact]
    public void Given_rows_stay()
    {
        using var trainer = new LevelsTrainer(new Levels());
        var images = rand(3, 2, 5, 6);
        using var completed = trainer.Complete(images, 2, seed: 1);
        var rounded = Aten.div(Aten.add(Aten.mul(images, 3), 0.5).floor(), 3);
        Close.To(rounded.narrow(2, 0, 2), completed.narrow(2, 0, 2), "given rows");
        Assert.False(rounded.Equals(completed));
        using var whole = trainer.Complete(images, 5);
        Close.To(rounded, whole, "whole images");
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Complete(images, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Complete(images, -1));
        Assert.Throws<DataMismatchException>(() => trainer.Complete(Aten.add(images, 1), 2));
    }

    [Fact]
    public void Data_that_do_not_fit_change_nothing()
    {
        using Binary model = new();
        using var trainer = new BinaryTrainer(model);
        using var before = model.Arena.Values.clone();
        Assert.Throws<DataMismatchException>(() => trainer.Step(new BinaryTrainer.Batch(Aten.mul(rand(8, 1, 5, 6), 255))));
        Assert.Throws<DataMismatchException>(() => trainer.Sample(rand(2, 1, 5, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Sample(0));
        Close.To(before, model.Arena.Values, "parameters", 0);
    }

    private static IEnumerable<object?> Defaults(Type trainer) =>
        trainer.GetConstructors().Single().GetParameters().Skip(1).Select(parameter => parameter.DefaultValue);

    private static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new() =>
        LayerGoldenTests.Check<TModel, TTape>("pixels/masked_" + name);
}
