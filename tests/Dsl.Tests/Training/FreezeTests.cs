using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>Parameters that are frozen and unfrozen while a run lasts.</summary>
public sealed class FreezeTests : IDisposable
{
    private readonly InMemoryData _data = Data();
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");

    public void Dispose()
    {
        _data.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void What_is_frozen_stays_to_the_last_bit_and_its_moments_with_it(ScalarType type)
    {
        using var trainer = New(type);
        using var data = Data(type);
        trainer.Fit(data);
        var before = Copy(trainer);
        Assert.Equal(["0.weight", "0.bias", "2.bias"], trainer.Freeze("0.*", "2.bias"));
        trainer.Epochs = 6;
        trainer.Fit(data);
        var after = Copy(trainer);
        Assert.Equal(["0.bias", "0.weight", "2.bias"], trainer.FrozenParameters);
        foreach (string name in before.Parameters.Keys)
        {
            bool isFrozen = name is "0.weight" or "0.bias" or "2.bias";
            Assert.Equal(isFrozen, before.Parameters[name].AsSpan().SequenceEqual(after.Parameters[name]));
        }

        // Weights stand before biases in the arena, at multiples of 16: 0.weight [8, 4], 2.weight [3, 8], 0.bias [8], 2.bias [3].
        foreach (var (old, now) in before.Moments.Zip(after.Moments))
        {
            Assert.Equal(old[..32], now[..32]);
            Assert.NotEqual(old[32..64], now[32..64]);
            Assert.Equal(old[64..], now[64..]);
        }
    }

    [Fact]
    public void Unfrozen_parameters_learn_again_from_the_moments_that_they_had()
    {
        using var trainer = New();
        trainer.Fit(_data);
        var before = Copy(trainer);
        trainer.Freeze("*");
        trainer.Epochs = 4;
        trainer.Fit(_data);
        Assert.Equal(before.Parameters.SelectMany(pair => pair.Value), Copy(trainer).Parameters.SelectMany(pair => pair.Value));
        Assert.Equal(before.Moments, Copy(trainer).Moments);
        Assert.Equal(["0.weight", "0.bias"], trainer.Unfreeze("0"));
        trainer.Epochs = 6;
        trainer.Fit(_data);
        var after = Copy(trainer);
        Assert.NotEqual(before.Parameters["0.weight"], after.Parameters["0.weight"]);
        Assert.Equal(before.Parameters["2.weight"], after.Parameters["2.weight"]);
    }

    // A large gradient of a frozen part must not make the step of the others smaller.
    [Fact]
    public void Clipping_measures_what_learns()
    {
        using var both = New();
        using var batch = new FreezeTrainer.Batch(randn([8, 4]), zeros([8], ScalarType.Int64));
        both.MaxGradNorm = 1e-3;
        both.Freeze("0");
        both.ComputeGradients(batch, new FreezeTrainer.Draws());
        using var head = both.Model.Arena.GradientOf(both.Model.Linear2Weight).clone();
        using var bias = both.Model.Arena.GradientOf(both.Model.Linear2Bias).clone();
        double norm = Math.Sqrt((head.square().sum() + bias.square().sum()).ToDouble());
        both.ApplyGradients();
        // Adam's first moment after one step is a tenth of the clipped gradient.
        using var moment = both.StateOf("optimizer.firstMoments").narrow(0, 32, 24).view(3, 8);
        using var expected = head * (0.1 * 1e-3 / norm);
        Assert.True(moment.allclose(expected, rtol: 1e-4, atol: 1e-9));
    }

    [Fact]
    public void A_checkpoint_knows_what_is_frozen()
    {
        using var whole = New();
        whole.Fit(_data);
        whole.Freeze("0");
        whole.Save(_file);
        using var resumed = New();
        resumed.Freeze("2");
        resumed.Resume(_file);
        Assert.Equal(whole.FrozenParameters, resumed.FrozenParameters);
        whole.Epochs = resumed.Epochs = 5;
        whole.Fit(_data);
        resumed.Fit(_data);
        Assert.True(whole.Model.Arena.Values.Equals(resumed.Model.Arena.Values));
        whole.Unfreeze("*");
        whole.Save(_file);
        resumed.Resume(_file);
        Assert.Empty(resumed.FrozenParameters);
    }

    [Theory]
    [InlineData("0.wieght", "; did you mean \"0.weight\"?")]
    [InlineData("1.*", "No trained parameter fits \"1.*\", but there are 0.weight, 2.weight, 0.bias, 2.bias")]
    [InlineData("0.w", "No trained parameter fits \"0.w\"")]
    [InlineData("4", "No trained parameter fits \"4\"")]
    public void A_pattern_that_fits_nothing_is_an_error_with_the_nearest_names(string pattern, string message)
    {
        using var trainer = New();
        var error = Assert.Throws<ArgumentException>(() => trainer.Freeze("0", pattern));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(trainer.FrozenParameters);
        error = Assert.Throws<ArgumentException>(() => trainer.Unfreeze(pattern));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static FreezeTrainer New(ScalarType type = ScalarType.Float32)
    {
        var net = new FreezeNet(new Generator(1));
        net.to(type);
        return new FreezeTrainer(net);
    }

    private static InMemoryData Data(ScalarType type = ScalarType.Float32)
    {
        using var generator = new Generator(3);
        var inputs = randn([64, 4], type, generator: generator);
        return new InMemoryData(inputs, inputs.argmax(1).clamp_max(2));
    }

    private static (Dictionary<string, double[]> Parameters, double[][] Moments) Copy(FreezeTrainer trainer) => (
        trainer.Model.named_parameters().ToDictionary(pair => pair.name, pair => Numbers(pair.parameter)),
        [Numbers(trainer.StateOf("optimizer.firstMoments")), Numbers(trainer.StateOf("optimizer.secondMoments"))]);

    private static double[] Numbers(Tensor tensor)
    {
        using var wide = tensor.detach().to(ScalarType.Float64).flatten().contiguous();
        return wide.data<double>().ToArray();
    }
}

[Model(4), Linear(8), ReLU, Linear(3)]
public partial class FreezeNet;

[Trainer<FreezeNet>, CrossEntropy, AdamW(1e-2, WeightDecay = 0.1), ClipGradNorm(1), BatchSize(16), Epochs(2)]
public partial class FreezeTrainer
{
    /// <summary>A tensor of the trainer's state.</summary>
    public Tensor StateOf(string name) => State()[name];
}
