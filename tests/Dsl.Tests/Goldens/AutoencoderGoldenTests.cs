using Dsl.Runtime;
using Dsl.Tests.Autoencoders;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Autoencoders: three steps against PyTorch in both targets.</summary>
public sealed class AutoencoderGoldenTests
{
    public static TheoryData<string, Type> Cases => new()
    {
        { "plain_mlp", typeof(PlainMlp) },
        { "plain_mlp", typeof(PlainMlpAutograd) },
        { "plain_cnn", typeof(PlainCnn) },
        { "plain_cnn", typeof(PlainCnnAutograd) },
        { "binary_mlp", typeof(BinaryMlp) },
        { "binary_mlp", typeof(BinaryMlpAutograd) },
        { "binary_cnn", typeof(BinaryCnn) },
        { "binary_cnn", typeof(BinaryCnnAutograd) },
        { "sparse_mlp", typeof(SparseMlp) },
        { "sparse_mlp", typeof(SparseMlpAutograd) },
        { "sparse_cnn", typeof(SparseCnn) },
        { "sparse_cnn", typeof(SparseCnnAutograd) },
        { "contractive_mlp", typeof(ContractiveMlp) },
        { "contractive_mlp", typeof(ContractiveMlpAutograd) },
        { "vae_mlp", typeof(VaeMlp) },
        { "vae_mlp", typeof(VaeMlpAutograd) },
        { "vae_cnn", typeof(VaeCnn) },
        { "vae_cnn", typeof(VaeCnnAutograd) },
        { "beta_mlp", typeof(BetaMlp) },
        { "beta_mlp", typeof(BetaMlpAutograd) },
        { "beta_cnn", typeof(BetaCnn) },
        { "beta_cnn", typeof(BetaCnnAutograd) },
        { "ramped_mlp", typeof(RampedMlp) },
        { "ramped_mlp", typeof(RampedMlpAutograd) },
        { "capacity_mlp", typeof(CapacityMlp) },
        { "capacity_mlp", typeof(CapacityMlpAutograd) },
        { "capacity_cnn", typeof(CapacityCnn) },
        { "clamped_mlp", typeof(BetaMlp) },
        { "clamped_mlp", typeof(BetaMlpAutograd) },
        { "vq_mlp", typeof(QuantizedMlp) },
        { "vq_mlp", typeof(QuantizedMlpAutograd) },
        { "vq_cnn", typeof(QuantizedCnn) },
        { "vq_cnn", typeof(QuantizedCnnAutograd) },
        { "conditional_vae", typeof(ConditionalVae) },
        { "conditional_vae", typeof(ConditionalVaeAutograd) },
        { "conditional_beta", typeof(ConditionalBeta) },
        { "conditional_beta", typeof(ConditionalBetaAutograd) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type) =>
        JointRun.ThreeSteps(Golden.Load("autoencoders/" + name), type, "model.", "decoder.");

    [Theory]
    [InlineData(typeof(TwoLevels))]
    [InlineData(typeof(TwoLevelsAutograd))]
    public void Two_levels(Type type) => JointRun.ThreeSteps(
        Golden.Load("autoencoders/two_levels"), type, "model.", "encoder2.", "prior1.", "decoder.");

    [Theory]
    [InlineData(typeof(ThreeLevels))]
    [InlineData(typeof(ThreeLevelsAutograd))]
    public void Three_levels(Type type) => JointRun.ThreeSteps(
        Golden.Load("autoencoders/three_levels"), type, "model.", "encoder2.", "encoder3.", "prior1.", "prior2.", "decoder.");

    [Fact]
    public void The_divergence_comes_to_the_capacity()
    {
        using var generator = new Generator(1);
        using var inputs = rand([200, 1, 8, 8], generator: generator);
        using var data = new InMemoryData(inputs.alias(), zeros(200, ScalarType.Int64));
        using PosteriorMlp model = new(generator);
        using Decoder decoder = new(generator);
        using var trainer = new CapacityForLong(model, decoder);
        trainer.Fit(data);
        Assert.InRange(trainer.EvaluateBound(data).Divergence, 2.8, 3.2);
    }

    [Fact]
    public void Halves_of_a_batch_are_a_batch()
    {
        var golden = Golden.Load("autoencoders/vae_mlp");
        using PosteriorMlp model = new();
        using Decoder decoder = new();
        golden.Restore(model.state_dict(), "initial.model.");
        golden.Restore(decoder.state_dict(), "initial.decoder.");
        using var trainer = new VaeAccumulated(model, decoder);
        using var halves = new BatchWindow<VaeAccumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(golden["step0.batch.input"].narrow(0, start, 4)));
        using var counts = trainer.CountWindow(halves);
        for (int half = 0; half < 2; half++)
            trainer.ComputeGradients(halves[half], new(golden["step0.draw.noise"].narrow(0, 4 * half, 4)), counts);
        trainer.ApplyGradients();
        foreach (var (state, value) in model.state_dict()) golden.Matches($"step0.after.model.{state}", value);
        foreach (var (state, value) in decoder.state_dict()) golden.Matches($"step0.after.decoder.{state}", value);
    }
}
