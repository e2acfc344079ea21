using Dsl.Runtime;
using Dsl.Tests.Transfer;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>What is learned beside weights that stay, against PyTorch: outputs and gradients, in both modes and both
/// targets.</summary>
public class TransferGoldenTests
{
    [Fact] public void Adapter() => LayerGoldenTests.Check<Adapted, Adapted.Tape>("transfer/adapter");

    [Fact]
    public void Adapter_of_sequences() =>
        LayerGoldenTests.Check<AdaptedSequence, AdaptedSequence.Tape>("transfer/adapter_sequence");

    [Fact] public void Adapter_of_images() => LayerGoldenTests.Check<AdaptedImage, AdaptedImage.Tape>("transfer/adapter_image");

    [Fact] public void Lora() => CheckLora<Lora, Lora.Tape>("transfer/lora", model => model.Merge());

    [Fact] public void Lora_with_alpha() => CheckLora<LoraAlpha, LoraAlpha.Tape>("transfer/lora_alpha_8", model => model.Merge());

    [Fact]
    public void Lora_of_sequences() =>
        CheckLora<LoraSequence, LoraSequence.Tape>("transfer/lora_sequence", model => model.Merge());

    /// <summary>Nearly the identity at first, and the plain layer.</summary>
    [Fact]
    public void They_begin_as_what_they_stand_beside()
    {
        using var scope = NewDisposeScope();
        using var adapted = new Adapted(new Generator(1));
        var x = randn(5, 7);
        var difference = (adapted.forward(x) - x).abs().max();
        Assert.InRange(Aten.item(difference), 1e-9, 1e-4);
        Assert.InRange(Aten.item(adapted.Arena.Values.abs().max()), 1e-4, 2e-3);

        using var whole = new Whole(new Generator(1));
        using var tuned = new Tuned(new Generator(2));
        using (no_grad()) whole.state_dict()["2.bias"].zero_();
        NetworkWeights.Copy(whole, tuned, "0", "2.weight", "4");
        Close.To(whole.forward(x), tuned.forward(x), "before training");
        Assert.Equal(2 * (7 + 6) + 3 * (6 + 6) + 6 * 3 + 3, Tuned.TrainableParameterCount);
    }

    /// <summary>Merged, the weights are those of a plain network; undone, no bit is another one.</summary>
    [Fact]
    public void Merging_gives_the_plain_network_and_is_undone_exactly()
    {
        using var scope = NewDisposeScope();
        using var whole = new Whole(new Generator(1));
        using var tuned = new Tuned(new Generator(2));
        using var trainer = new TunedTrainer(tuned);
        using var data = new InMemoryData(randn(20, 7), randint(0, 3, new long[] { 20 }, ScalarType.Int64));
        using var frozen = tuned.state_dict()["0.weight"].clone();
        trainer.Fit(data);
        Assert.True(frozen.equal(tuned.state_dict()["0.weight"]).all().item<bool>());
        var x = randn(9, 7);
        Tensor before = tuned.Arena.Values.clone(), expected = tuned.forward(x);
        using (tuned.Merge())
        {
            Assert.False(frozen.equal(tuned.state_dict()["0.weight"]).all().item<bool>());
            Close.To(expected, tuned.forward(x), "merged");
            using (no_grad()) whole.state_dict()["2.bias"].zero_();
            NetworkWeights.Copy(tuned, whole, "0.weight", "0.bias", "2.weight", "4");
            Close.To(expected, whole.forward(x), "in a plain network");
        }

        Assert.True(before.eq(tuned.Arena.Values).all().item<bool>());
        var merged = tuned.Merge();
        trainer.Steps = 4;
        trainer.Fit(data);
        Assert.Contains("train before merging", Assert.Throws<InvalidOperationException>(merged.Unmerge).Message);
    }

    /// <summary>Three updates with decay: both targets change the same numbers, and the weights that stay have none.</summary>
    [Fact]
    public void Both_targets_train_alike()
    {
        using var scope = NewDisposeScope();
        using var data = new InMemoryData(randn(20, 7), randint(0, 3, new long[] { 20 }, ScalarType.Int64));
        using var first = new Tuned(new Generator(2));
        using var second = new Tuned(new Generator(2));
        using var start = first.Arena.Values.clone();
        new TunedTrainer(first).Fit(data);
        new TunedTrainerByAutograd(second).Fit(data);
        Close.To(first.Arena.Values, second.Arena.Values, "both targets");
        Assert.True(start.ne(first.Arena.Values).any().item<bool>());
        Assert.Equal(first.Arena.TrainableLength, first.Arena.Gradients.numel());
    }

    private static void CheckLora<TModel, TTape>(string name, Func<TModel, MergedWeights> merge)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load(name);
        using var model = new TModel();
        golden.Restore(model.state_dict());
        using var tape = new TTape();
        golden.Matches("train.output", model.Forward(golden["input"].clone(), tape));
        golden.Matches("train.input_gradient", model.Backward(tape, golden["output_gradient"].clone(), inputGradient: true)!);
        var parameters = model.named_parameters().ToDictionary(named => named.name, named => named.parameter);
        foreach (string learned in (string[])["0.lora_A", "0.lora_B"])
            golden.Matches($"train.{learned}.gradient", ArenaGradient.Of(model.Arena, parameters[learned]));

        var input = golden["input"].clone().requires_grad_();
        var output = model.forward(input);
        golden.Matches("train.output", output);
        output.backward([golden["output_gradient"]]);
        golden.Matches("train.input_gradient", input.grad!);
        foreach (string learned in (string[])["0.lora_A", "0.lora_B"])
            golden.Matches($"train.{learned}.gradient", parameters[learned].grad!);
        Assert.False(parameters["0.weight"].requires_grad);
        using (merge(model))
        {
            golden.Matches("merged", parameters["0.weight"]);
            golden.Matches("eval.output", model.forward(golden["input"]));
        }

        golden.Matches("0.weight", parameters["0.weight"], 0);
    }
}
