using Dsl.Runtime;
using Dsl.Tests.Pretext;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Pretext tasks: three steps against PyTorch in both targets, and what trainers do beside steps.</summary>
public sealed class PretextGoldenTests
{
    public static TheoryData<string, Type> Cases => new()
    {
        { "rotation_mlp", typeof(RotationMlp) },
        { "rotation_mlp", typeof(RotationMlpAutograd) },
        { "rotation_cnn", typeof(RotationCnn) },
        { "rotation_cnn", typeof(RotationCnnAutograd) },
        { "denoise_mlp", typeof(DenoisingMlp) },
        { "denoise_mlp", typeof(DenoisingMlpAutograd) },
        { "denoise_cnn", typeof(DenoisingCnn) },
        { "denoise_cnn", typeof(DenoisingCnnAutograd) },
        { "noisy_mlp", typeof(NoisyMlp) },
        { "noisy_mlp", typeof(NoisyMlpAutograd) },
        { "noisy_cnn", typeof(NoisyCnn) },
        { "noisy_cnn", typeof(NoisyCnnAutograd) },
        { "position_mlp", typeof(PositionMlp) },
        { "position_mlp", typeof(PositionMlpAutograd) },
        { "position_cnn", typeof(PositionCnn) },
        { "position_cnn", typeof(PositionCnnAutograd) },
        { "jigsaw_mlp", typeof(JigsawMlp) },
        { "jigsaw_mlp", typeof(JigsawMlpAutograd) },
        { "jigsaw_cnn", typeof(JigsawCnn) },
        { "jigsaw_cnn", typeof(JigsawCnnAutograd) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type) =>
        JointRun.ThreeSteps(Golden.Load("pretext/" + name), type, "model.", "head.");

    [Fact]
    public void Halves_of_a_batch_are_a_batch()
    {
        var golden = Golden.Load("pretext/rotation_mlp");
        using Mlp model = new();
        using TurnHead head = new();
        golden.Restore(model.state_dict(), "initial.model.");
        golden.Restore(head.state_dict(), "initial.head.");
        using var trainer = new RotationAccumulated(model, head);
        using var halves = new BatchWindow<RotationAccumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(golden["step0.batch.input"].narrow(0, start, 4)));
        trainer.Step(halves);
        foreach (var (state, value) in model.state_dict()) golden.Matches($"step0.after.model.{state}", value);
        foreach (var (state, value) in head.state_dict()) golden.Matches($"step0.after.head.{state}", value);
    }

    [Fact]
    public void An_autoencoder_restores_samples_as_they_are_given()
    {
        using Cnn model = new();
        using ImageDecoderNormalized decoder = new();
        using var trainer = new DenoisingCnn(model, decoder);
        using var images = randn(5, 1, 8, 8);
        using var restored = trainer.Reconstruct(images);
        Assert.False(restored.requires_grad);
        Assert.True(model.training);
        model.eval();
        decoder.eval();
        Close.To(decoder.forward(model.forward(images)).detach(), restored, "restored");
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Reconstruct(images.narrow(2, 0, 4)));
        Assert.Contains("[N, 1, 8, 8]", refused.Message);
    }

    [Fact]
    public void Images_that_hold_no_grid_of_patches_are_refused()
    {
        using PatchMlp model = new();
        using PlaceHead head = new();
        using var trainer = new PositionMlp(model, head);
        using var batch = new PositionMlp.Batch(randn(2, 1, 14, 15));
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Step(batch));
        Assert.Contains("PositionMlp takes 'Input' [N, 1, 15, 15]", refused.Message);
    }
}
