using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("run.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_is_loaded_in_place()
    {
        var saved = State(seed: 1);
        Checkpoint.Save(File, "Trainer", saved, 12, -7);
        var loaded = State(seed: 2);
        Assert.Equal((12L, -7L), Checkpoint.Load(File, "Trainer", loaded));
        foreach (var (name, tensor) in saved)
        {
            Assert.True(tensor.Equals(loaded[name]), name);
        }
    }

    [Fact]
    public void Parameters_of_an_arena_are_loaded_through_their_views()
    {
        using var arena = new ParameterArena(16);
        using var weight = arena.View(0, 2, 3);
        using var parameter = new TorchSharp.Modules.Parameter(weight.alias());
        var state = new Dictionary<string, Tensor> { ["weight"] = parameter };
        using (no_grad())
        {
            parameter.fill_(2);
        }

        Checkpoint.Save(File, "Trainer", state, 0, 0);
        arena.Values.zero_();
        Checkpoint.Load(File, "Trainer", state);
        Assert.Equal(12, arena.Values.sum().ToDouble());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_replace_nothing(float value)
    {
        using var weights = ones(8);
        Checkpoint.RequireFinite(File, weights, 3);
        weights[5] = value;
        var nothing = Assert.Throws<InvalidOperationException>(() => Checkpoint.RequireFinite(File, weights, 3));
        Assert.Contains("Nothing was saved", nothing.Message, StringComparison.Ordinal);
        Checkpoint.Save(File, "Trainer", State(), 2, 0);
        var good = Assert.Throws<InvalidOperationException>(() => Checkpoint.RequireFinite(File, weights, 3));
        Assert.Contains("after step 3", good.Message, StringComparison.Ordinal);
        Assert.Contains("is the last good checkpoint", good.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_trainers_file_is_refused()
    {
        Checkpoint.Save(File, "DistillTrainer", State(), 0, 0);
        ExpectError(State(), "DistillTrainer", "Trainer cannot resume");
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused()
    {
        Runtime.Safetensors.Write(File, State());
        ExpectError(State(), "not a trainer's checkpoint");
        _folder.Write("run.safetensors", "this is no safetensors file");
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File, "Trainer", State()));
    }

    [Fact]
    public void Differences_are_listed_and_nothing_is_changed()
    {
        Checkpoint.Save(File, "Trainer", State(), 0, 0);
        var other = State();
        other.Remove("moment");
        other["extra"] = zeros(1);
        other["weight"] = ones(3, 2);
        other["steps"] = zeros([], ScalarType.Float32);
        ExpectError(
            other,
            "extra is missing",
            "moment is not expected",
            "weight is [2, 3] Float32 where [3, 2] Float32 is expected",
            "steps is [] Int64 where [] Float32 is expected");
        Assert.Equal(6, other["weight"].sum().ToDouble());
    }

    [Fact]
    public void Many_differences_are_counted()
    {
        Checkpoint.Save(File, "Trainer", new Dictionary<string, Tensor>(), 0, 0);
        var state = Enumerable.Range(0, 9).ToDictionary(index => $"layer{index}", _ => zeros(1));
        ExpectError(state, "and 4 more");
    }

    [Fact]
    public void A_save_replaces_the_file_and_leaves_no_other()
    {
        Checkpoint.Save(File, "Trainer", State(), 1, 0);
        Checkpoint.Save(File, "Trainer", State(), 2, 0);
        Assert.Equal(2, Checkpoint.Load(File, "Trainer", State()).Step);
        Assert.Equal(["run.safetensors"], _folder.Files());
    }

    [Fact]
    public void A_save_that_fails_leaves_the_file_that_was_there()
    {
        Checkpoint.Save(File, "Trainer", State(), 1, 0);
        var broken = State();
        broken["moment"].Dispose();
        Assert.ThrowsAny<Exception>(() => Checkpoint.Save(File, "Trainer", broken, 2, 0));
        Assert.Equal(1, Checkpoint.Load(File, "Trainer", State()).Step);
        Assert.Equal(["run.safetensors"], _folder.Files());
    }

    private static Dictionary<string, Tensor> State(ulong seed = 0)
    {
        using var generator = new Generator(seed);
        return new Dictionary<string, Tensor>
        {
            ["weight"] = randn(2, 3, generator: generator),
            ["moment"] = randn(6, ScalarType.Float64, generator: generator),
            ["steps"] = full([], (long)seed, ScalarType.Int64),
        };
    }

    private void ExpectError(Dictionary<string, Tensor> state, params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File, "Trainer", state));
        Assert.All(parts.Append(File), part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
