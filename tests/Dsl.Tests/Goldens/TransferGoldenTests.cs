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

    [Fact] public void Lora_of_kernels() => CheckLora<LoraConv, LoraConv.Tape>("transfer/lora_conv", model => model.Merge());

    [Fact]
    public void Lora_of_kernels_with_strides() =>
        CheckLora<LoraConvStride, LoraConvStride.Tape>("transfer/lora_conv_stride", model => model.Merge());

    [Fact]
    public void Lora_of_attention() => CheckLora<LoraAttention, LoraAttention.Tape>(
        "transfer/lora_attention", model => model.Merge(), "in_proj_weight");

    [Fact]
    public void Lora_of_attention_to_what_came_before() => CheckLora<LoraAttentionCausal, LoraAttentionCausal.Tape>(
        "transfer/lora_attention_causal", model => model.Merge(), "in_proj_weight");

    [Fact] public void Prefix() => CheckHeld<Prefix, Prefix.Tape>("transfer/prefix");

    [Fact]
    public void Prefix_that_is_learned_directly() => CheckHeld<PrefixDirectCausal, PrefixDirectCausal.Tape>(
        "transfer/prefix_direct_causal");

    /// <summary>What stands behind a sequence's end changes nothing, prefix or not; three updates in both targets.</summary>
    [Fact]
    public void Attention_that_is_tuned_keeps_to_the_ends_of_sequences()
    {
        using var scope = NewDisposeScope();
        using var model = new Ending(new Generator(1));
        Tensor x = randn(4, 5, 8), lengths = tensor(new long[] { 5, 2, 3, 1 });
        var before = model.forward(x, lengths);
        using (no_grad()) x[1, 2..] = 7;
        Close.To(before, model.forward(x, lengths), "other padding", 0);

        using var other = new Ending(new Generator(1));
        using var first = new EndingTrainer(model);
        using var second = new EndingTrainerByAutograd(other);
        var held = model.state_dict().Where(entry => entry.Key.Contains("proj", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        for (int step = 0; step < 3; step++)
        {
            var label = randint(0, 3, new long[] { 4 }, ScalarType.Int64);
            first.Step(new EndingTrainer.Batch(Input: x, Label: label, Lengths: lengths));
            second.Step(new EndingTrainerByAutograd.Batch(Input: x, Label: label, Lengths: lengths));
        }

        Close.To(model.Arena.Values, other.Arena.Values, "both targets");
        Assert.Equal(8, held.Count);
        foreach (var (name, value) in held) Assert.True(value.eq(model.state_dict()[name]).all().item<bool>(), name);
        Assert.NotEqual(0, Aten.item(model.state_dict()["1.lora_v_B"].abs().max()));
        using var start = model.Arena.Values.clone();
        var tuned = model.forward(x, lengths);
        using (model.Merge()) Close.To(tuned, model.forward(x, lengths), "merged");
        Assert.True(start.eq(model.Arena.Values).all().item<bool>());
    }

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

    private static void CheckLora<TModel, TTape>(string name, Func<TModel, MergedWeights> merge, string weight = "weight")
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load(name);
        using var model = CheckHeld<TModel, TTape>(name);
        var held = model.named_parameters().First(named => named.name == "0." + weight).parameter;
        using (merge(model))
        {
            golden.Matches("merged", held);
            golden.Matches("eval.output", model.forward(golden["input"]));
        }

        golden.Matches("0." + weight, held, 0);
    }

    // What has a gradient in the golden is learned, and the rest stays as it is.
    private static TModel CheckHeld<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load(name);
        var model = new TModel();
        golden.Restore(model.state_dict());
        using var tape = new TTape();
        typeof(TTape).GetProperty("ForInputGradient")?.SetValue(tape, true);
        golden.Matches("train.output", model.Forward(golden["input"].clone(), tape));
        golden.Matches("train.input_gradient", model.Backward(tape, golden["output_gradient"].clone(), inputGradient: true)!);
        bool IsLearned(string parameter) => golden.Names.Contains($"train.{parameter}.gradient");
        foreach (var (parameter, value) in model.named_parameters())
        {
            Assert.Equal(IsLearned(parameter), value.requires_grad);
            if (IsLearned(parameter)) golden.Matches($"train.{parameter}.gradient", ArenaGradient.Of(model.Arena, value));
        }

        var input = golden["input"].clone().requires_grad_();
        var output = model.forward(input);
        golden.Matches("train.output", output);
        output.backward([golden["output_gradient"]]);
        golden.Matches("train.input_gradient", input.grad!);
        foreach (var (parameter, value) in model.named_parameters().Where(named => IsLearned(named.name)))
            golden.Matches($"train.{parameter}.gradient", value.grad!);
        return model;
    }
}
