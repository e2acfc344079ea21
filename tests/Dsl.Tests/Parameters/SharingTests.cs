using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Parameters;

/// <summary>One weight under several names.</summary>
public class SharingTests
{
    [Fact]
    public void A_shared_weight_is_one_parameter_with_the_name_of_each_layer()
    {
        using var model = new Tied();
        Assert.Equal(25 + 5 + 5, Tied.ParameterCount);
        Assert.Equal(["0.bias", "0.weight", "4.bias"],
            model.named_parameters().Select(parameter => parameter.name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["0.bias", "0.weight", "2.weight", "4.bias", "4.weight"], model.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Same(model.Linear0Weight, model.Linear2Weight);
        model.state_dict()["2.weight"].detach().fill_(7);
        Assert.Equal(7 * 25, model.Linear0Weight.sum().ToDouble());
    }

    [Theory]
    [InlineData("0.weight")]
    [InlineData("4.weight")]
    public void Either_name_loads_it(string name)
    {
        using var model = new Tied();
        var loaded = arange(25).to(ScalarType.Float32).reshape(5, 5);
        model.load_state_dict(new() { [name] = loaded }, strict: false);
        Close.To(loaded, model.Linear2Weight, name, 0);
        model.to(ScalarType.Float64);
        Assert.Same(model.Linear0Weight, model.Linear4Weight);
        Assert.Equal(ScalarType.Float64, model.state_dict()["4.weight"].dtype);
    }

    [Fact]
    public void Both_targets_train_it_alike()
    {
        using var model = new Tied();
        using var other = new Tied();
        other.load_state_dict(model.state_dict());
        using var first = new TiedTrainer(model);
        using var second = new TiedTrainerAutograd(other);
        manual_seed(3);
        for (int step = 0; step < 3; step++)
        {
            var (input, label) = (randn(6, 5), randint(0, 5, new long[] { 6 }, ScalarType.Int64));
            first.Step(new(input, label));
            second.Step(new(input, label));
        }

        Close.To(other.Arena.Values, model.Arena.Values, "parameters", 1e-4);
        Close.To(model.state_dict()["0.weight"], model.state_dict()["4.weight"], "names", 0);
    }

    [Fact]
    public void It_is_saved_and_resumed_under_every_name()
    {
        string path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():n}.safetensors");
        try
        {
            using var trainer = new TiedTrainer(new Tied());
            trainer.Step(new(randn(6, 5), zeros(6, ScalarType.Int64)));
            trainer.Save(path);
            using var resumed = new TiedTrainer(new Tied());
            resumed.Resume(path);
            Assert.True(trainer.Model.Arena.Values.Equals(resumed.Model.Arena.Values));
            Assert.Same(resumed.Model.Linear0Weight, resumed.Model.Linear4Weight);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
