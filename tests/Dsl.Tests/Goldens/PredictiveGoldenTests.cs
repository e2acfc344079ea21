using Dsl.Runtime;
using Dsl.Tests.Predictive;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using MaskedTokens = Dsl.Tests.Predictive.MaskedTokens;
using SentenceVectors = Dsl.Tests.Predictive.SentenceVectors;

namespace Dsl.Tests;

/// <summary>What is left of a sample tells the rest: three steps against PyTorch in both targets, and what data may not
/// be.</summary>
public sealed class PredictiveGoldenTests
{
    public static TheoryData<string, Type> Cases => new()
    {
        { "masked_patches", typeof(MaskedPatches) },
        { "masked_patches", typeof(MaskedPatchesAutograd) },
        { "masked_normalized", typeof(MaskedNormalized) },
        { "masked_normalized", typeof(MaskedNormalizedAutograd) },
        { "masked_tokens", typeof(MaskedTokens) },
        { "masked_tokens", typeof(MaskedTokensAutograd) },
        { "cpc", typeof(Predicted) },
        { "cpc", typeof(PredictedAutograd) },
        { "cpc_normalized", typeof(PredictedNormalized) },
        { "cpc_normalized", typeof(PredictedNormalizedAutograd) },
        { "sentence", typeof(SentenceWords) },
        { "sentence", typeof(SentenceWordsAutograd) },
        { "sentence_normalized", typeof(SentenceVectors) },
        { "sentence_normalized", typeof(SentenceVectorsAutograd) },
        { "next", typeof(NextWords) },
        { "next", typeof(NextWordsAutograd) },
        { "next_normalized", typeof(NextVectors) },
        { "next_normalized", typeof(NextVectorsAutograd) },
        { "frames", typeof(Ordered) },
        { "frames", typeof(OrderedAutograd) },
        { "frames_normalized", typeof(OrderedNormalized) },
        { "frames_normalized", typeof(OrderedNormalizedAutograd) },
        { "color", typeof(Colored) },
        { "color", typeof(ColoredAutograd) },
        { "color_normalized", typeof(ColoredNormalized) },
        { "color_normalized", typeof(ColoredNormalizedAutograd) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type) =>
        JointRun.ThreeSteps(Golden.Load("predictive/" + name), type, "model.", "head.", "second.");

    [Fact]
    public void Halves_of_a_batch_are_a_batch()
    {
        var golden = Golden.Load("predictive/color");
        using Gray model = new();
        using Colors head = new();
        golden.Restore(model.state_dict(), "initial.model.");
        golden.Restore(head.state_dict(), "initial.head.");
        using var trainer = new ColoredAccumulated(model, head);
        using var halves = new BatchWindow<ColoredAccumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(golden["step0.batch.input"].narrow(0, start, 4)));
        trainer.Step(halves);
        foreach (var (state, value) in model.state_dict()) golden.Matches($"step0.after.model.{state}", value);
        foreach (var (state, value) in head.state_dict()) golden.Matches($"step0.after.head.{state}", value);
    }

    [Fact]
    public void A_window_of_masked_batches_trains()
    {
        using VisiblePatches model = new();
        using PatchDecoder decoder = new();
        using var trainer = new MaskedPatchesAccumulated(model, decoder);
        using var before = model.Arena.Values.clone();
        using var window = new BatchWindow<MaskedPatchesAccumulated.Batch>();
        for (int half = 0; half < 2; half++) window.Add(new(randn(4, 1, 8, 8)));
        var losses = trainer.Step(window);

        // The mean over both halves, not their sum: of normal numbers about 1.
        Assert.InRange(losses.Total.ToDouble(), 0.8, 2.5);
        Assert.True(model.Arena.Values.sub(before).abs().max().ToDouble() > 1e-6);
    }

    [Fact]
    public void The_layers_of_visible_patches_take_all_patches()
    {
        using VisiblePatches visible = new();
        using AllPatches all = new();
        all.load_state_dict(visible.state_dict());
        using var images = randn(2, 1, 8, 8);
        using var tokens = ImagePatches.All(images, 2);
        using var features = all.forward(TokenMasking.WithPlaces(tokens)).detach();
        Assert.Equal([2L, 16, 8], features.shape);
    }

    [Fact]
    public void A_pair_needs_two_samples()
    {
        using Words model = new();
        using PairHead head = new();
        using var trainer = new NextWords(model, head);
        using var before = model.Arena.Values.clone();
        using var batch = new NextWords.Batch(ones([1, 7], int64));
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Step(batch));
        Assert.Contains("no other one", refused.Message);
        Close.To(before, model.Arena.Values, "parameters", 0);
    }

    [Fact]
    public void Images_that_hold_no_grid_of_patches_are_refused()
    {
        using VisiblePatches model = new();
        using PatchDecoder decoder = new();
        using var trainer = new MaskedPatches(model, decoder);
        using var batch = new MaskedPatches.Batch(randn(2, 1, 8, 6));
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Step(batch));
        Assert.Contains("[N, 1, 8, 8]", refused.Message);
    }
}
