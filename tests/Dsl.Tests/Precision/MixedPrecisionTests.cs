using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Precision;

/// <summary>Models whose products take factors of 16 bits: numbers of PyTorch's, both targets, and what stays with 32
/// bits.</summary>
public sealed class MixedPrecisionTests
{
    [Fact]
    public void Linear_layers() => LayerGoldenTests.Check<ShortMlp, ShortMlp.Tape>("mixed_precision/mlp");

    [Fact]
    public void Convolutions() => LayerGoldenTests.Check<ShortCnn, ShortCnn.Tape>("mixed_precision/cnn");

    [Fact]
    public void Attention() => LayerGoldenTests.Check<ShortAttention, ShortAttention.Tape>("mixed_precision/attention");

    [Fact]
    public void Numbers_are_those_of_16_bits()
    {
        using var scope = NewDisposeScope();
        using var model = new ShortMlp();
        using var exact = new LongMlp();
        exact.load_state_dict(model.state_dict());
        var input = randn(64, 12);
        double error = (model.forward(input) - exact.forward(input)).abs().mean().ToDouble()
            / exact.forward(input).abs().mean().ToDouble();
        Assert.InRange(error, 1e-4, 1e-2);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    [Fact]
    public void What_a_tape_keeps_for_a_product_has_16_bits()
    {
        using var model = new ShortMlp();
        using var tape = new ShortMlp.Tape();
        using var input = randn(4, 12);
        model.Forward(input, tape).Dispose();
        var kept = typeof(ShortMlp.Tape).GetProperties().Select(property => property.GetValue(tape)).OfType<Tensor>()
            .ToLookup(tensor => string.Join("x", tensor.shape), tensor => tensor.dtype);
        Assert.Equal(ScalarType.BFloat16, Assert.Single(kept["4x12"]));
        Assert.Equal(ScalarType.BFloat16, Assert.Single(kept["5x16"]));
    }

    [Fact]
    public void Targets_agree()
    {
        Agree(new ShortMlp(), new ShortMlp.Tape(), () => randn(6, 12));
        Agree(new ShortLines(), new ShortLines.Tape(), () => randn(6, 2, 8));
        Agree(new ShortMethods(), new ShortMethods.Tape(), () => randn(6, 8));
    }

    [Fact]
    public void Blocks_train_alike_in_both_targets()
    {
        using var scope = NewDisposeScope();
        using var first = new ShortCharacters();
        using var second = new ShortCharacters();
        second.load_state_dict(first.state_dict());
        using var trainer = new ShortCharactersTrainer(first);
        using var other = new ShortCharactersTrainerByAutograd(second);
        var input = randint(11, [16, 6], ScalarType.Int64);
        using var batch = new ShortCharactersTrainer.Batch(input, input.roll(-1, 1));
        using var same = new ShortCharactersTrainerByAutograd.Batch(input, input.roll(-1, 1));
        float start = 0, last = 0;
        for (int step = 0; step < 60; step++)
        {
            last = trainer.Step(batch).Total.ToSingle();
            float expected = other.Step(same).Total.ToSingle();
            if (step == 0) start = last;
            if (step < 5) Assert.Equal(expected, last, 0.02f * expected);
        }

        Assert.True(last < 0.5f * start, $"{start} to {last}");
    }

    [Fact]
    public void Place_by_place_it_computes_the_same()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = new ShortCharacters();
        model.eval();
        var input = randint(11, [2, 6], ScalarType.Int64);
        var all = model.forward(input);
        using var cache = new SequenceCache();
        for (int place = 0; place < 6; place++)
            Close.To(all.select(1, place), model.Next(input.narrow(1, place, 1), cache).squeeze(1), $"place {place}", 2e-2);
    }

    [Fact]
    public void Both_targets_take_the_same_course()
    {
        using var scope = NewDisposeScope();
        using var model = new ShortMlp();
        using var other = new ShortMlp();
        other.load_state_dict(model.state_dict());
        using var trainer = new ShortMlpTrainer(model);
        using var autograd = new ShortMlpTrainerByAutograd(other);
        var (input, label) = (randn(32, 12), randint(5, [32], ScalarType.Int64));
        using var batch = new ShortMlpTrainer.Batch(input, label);
        using var same = new ShortMlpTrainerByAutograd.Batch(input, label);
        for (int step = 0; step < 20; step++)
        {
            float loss = trainer.Step(batch).Total.ToSingle(), expected = autograd.Step(same).Total.ToSingle();
            Assert.Equal(expected, loss, 0.01f * expected);
        }
    }

    [Fact]
    public void A_model_of_64_bits_says_what_is_wrong()
    {
        using var model = new ShortMlp().to(ScalarType.Float64);
        using var input = randn([2, 12], ScalarType.Float64);
        var error = Assert.Throws<InvalidOperationException>(() => model.forward(input));
        Assert.Contains("[MixedPrecision]", error.Message);
    }

    private static void Agree<TModel, TTape>(TModel model, TTape tape, Func<Tensor> draw)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>
        where TTape : class, IDisposable, new()
    {
        using var scope = NewDisposeScope();
        using (model)
        using (tape)
        {
            var input = draw();
            var output = model.Forward(input.clone(), tape);
            var gradient = output.cos();
            var ofInput = model.Backward(tape, gradient.clone(), inputGradient: true)!;
            var gradients = model.Arena.Gradients.clone();
            var watched = input.clone().requires_grad_();
            foreach (var (_, parameter) in model.named_parameters()) parameter.grad = null;
            var expected = model.forward(watched);
            expected.backward([gradient]);
            Close.To(expected, output, "output", 1e-2);
            Close.To(watched.grad!, ofInput, "input gradient", 1e-2);
            foreach (var (name, parameter) in model.named_parameters())
            {
                var actual = gradients.narrow(0, parameter.storage_offset(), parameter.numel()).view(parameter.shape);
                Close.To(parameter.grad!, actual, name, 1e-2);
            }
        }
    }
}
