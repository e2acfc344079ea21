using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Safetensors;

/// <summary>Weights of another library go in whole and by their names, or the error says what does not fit.</summary>
public sealed class PretrainedWeightsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    private string Weights => _folder.File("weights.safetensors");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Everything_is_loaded_under_new_names()
    {
        var source = Network(2);
        Write(source, name => name.Replace("0.", "features.", StringComparison.Ordinal));
        var network = Network(2);
        var loaded = PretrainedWeights.Load(network, Weights, rename: ("features.", "0."));
        Assert.Equal("4 tensors were loaded", loaded.ToString());
        foreach (var (name, tensor) in source.state_dict()) Assert.True(tensor.Equals(network.state_dict()[name]), name);
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_nothing_is_changed()
    {
        Write(Network(3), name => name.Replace("0.", "features.", StringComparison.Ordinal));
        var network = Network(2);
        using var before = network.state_dict()["0.weight"].clone();
        var error = Assert.Throws<InvalidDataException>(() => PretrainedWeights.Load(network, Weights));
        Assert.Contains(
            "0 tensors would fit; 2 are missing in the file: 0.weight, 0.bias; 2 are not expected: features.weight, features.bias"
                + "; 2 are of another shape: 1.weight [3, 5] for [2, 5], 1.bias [3] for [2]. Rename what is called otherwise",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains(Weights, error.Message, StringComparison.Ordinal);
        var partly = Assert.Throws<InvalidDataException>(
            () => PretrainedWeights.Load(network, Weights, rename: ("features.", "0.")));
        Assert.Contains("2 tensors would fit; 2 are of another shape", partly.Message, StringComparison.Ordinal);
        Assert.True(before.Equals(network.state_dict()["0.weight"]));
    }

    [Fact]
    public void What_fits_is_loaded_on_demand_and_nothing_is_an_error()
    {
        var source = Network(3);
        Write(source, name => name.Replace("0.", "features.", StringComparison.Ordinal));
        var network = Network(2);
        var loaded = PretrainedWeights.Load(network, Weights, strict: false, ("features.", "0."));
        Assert.Equal(["0.weight", "0.bias"], loaded.Loaded);
        Assert.Equal(2, loaded.OtherShape.Count);
        Assert.True(source.state_dict()["0.weight"].Equals(network.state_dict()["0.weight"]));
        Assert.Throws<InvalidDataException>(() => PretrainedWeights.Load(network, Weights, strict: false));
    }

    [Fact]
    public void Two_tensors_cannot_become_one()
    {
        Runtime.Safetensors.Write(Weights, new Dictionary<string, Tensor> { ["a.weight"] = zeros(1), ["b.weight"] = zeros(1) });
        var error = Assert.Throws<InvalidDataException>(
            () => PretrainedWeights.Load(Network(2), Weights, strict: false, ("a.", "0."), ("b.", "0.")));
        Assert.Contains("'a.weight' and 'b.weight' are both renamed to '0.weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_are_joined_transposed_divided_and_passed_over()
    {
        var (above, below, turned) = (rand(2, 4), rand(3, 4), rand(5, 4));
        var biases = rand(10);
        Runtime.Safetensors.Write(Weights, new Dictionary<string, Tensor>
        {
            ["above"] = above, ["below"] = below, ["bias"] = biases, ["out.w"] = turned, ["out.b"] = rand(1, 4),
            ["rest.x"] = rand(2),
        });
        var network = Network(4);
        var loaded = PretrainedWeights.Load(network, Weights, strict: true,
        [
            new PretrainedPart("above", "0.weight") { Joined = ["above", "below"] },
            new PretrainedPart("bias", "0.bias") { Part = 1, Parts = 2 },
            new PretrainedPart("out.w", "1.weight") { Transposed = true },
            new PretrainedPart("out.b", "1.bias"),
            new PretrainedPart("rest.", null),
        ]);
        Assert.Equal("4 tensors were loaded", loaded.ToString());
        var state = network.state_dict();
        Assert.True(cat([above, below]).Equals(state["0.weight"]));
        Assert.True(biases.narrow(0, 5, 5).Equals(state["0.bias"]));
        Assert.True(turned.t().Equals(state["1.weight"]));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_told_with_their_shapes()
    {
        Runtime.Safetensors.Write(Weights, new Dictionary<string, Tensor>
        {
            ["above"] = rand(2, 4), ["below"] = rand(3, 3), ["bias"] = rand(9), ["1.weight"] = rand(4, 5), ["1.bias"] = rand(4),
        });
        var error = Assert.Throws<InvalidDataException>(() => PretrainedWeights.Load(Network(4), Weights, strict: true,
        [
            new PretrainedPart("above", "0.weight") { Joined = ["above", "below"] },
            new PretrainedPart("bias", "0.bias") { Parts = 2 },
        ]));
        Assert.Contains("2 are of another shape: 0.weight [2, 4] + [3, 3] for [5, 4], 0.bias [9] for [5]", error.Message,
            StringComparison.Ordinal);
    }

    private static nn.Module<Tensor, Tensor> Network(long classes) =>
        nn.Sequential(("0", nn.Linear(4, 5)), ("1", nn.Linear(5, classes)));

    private void Write(nn.Module network, Func<string, string> rename) => Runtime.Safetensors.Write(
        Weights, network.state_dict().ToDictionary(pair => rename(pair.Key), pair => pair.Value));
}
