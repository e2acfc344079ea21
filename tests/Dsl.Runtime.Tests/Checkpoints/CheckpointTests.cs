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
    [InlineData("weight", float.NaN)]
    [InlineData("weight", float.NegativeInfinity)]
    [InlineData("moment", float.PositiveInfinity)]
    public void A_state_that_is_not_finite_replaces_nothing(string name, float value)
    {
        var state = State();
        state[name].view(-1)[5] = value;
        var nothing = Assert.Throws<InvalidOperationException>(() => Checkpoint.Save(File, "Trainer", state, 3, 0));
        Assert.Contains("Nothing was saved", nothing.Message, StringComparison.Ordinal);
        Checkpoint.Save(File, "Trainer", State(seed: 5), 2, 0);
        var good = Assert.Throws<InvalidOperationException>(() => Checkpoint.Save(File, "Trainer", state, 3, 0));
        Assert.Contains($"after step 3 there is NaN or infinity in {name}.", good.Message, StringComparison.Ordinal);
        Assert.Contains("is the last good checkpoint", good.Message, StringComparison.Ordinal);
        Assert.Equal(2, Checkpoint.Load(File, "Trainer", State()).Step);
    }

    [Fact]
    public void A_file_that_is_not_finite_is_refused()
    {
        var state = State();
        state["moment"][0] = double.NaN;
        Runtime.Safetensors.Write(File, state, Metadata());
        ExpectError(State(), "of a run that has diverged: there is NaN or infinity in moment");
    }

    [Fact]
    public void A_file_without_a_checksum_and_numbers_is_loaded()
    {
        Runtime.Safetensors.Write(File, State(), Metadata());
        var recipe = new Dictionary<string, double> { ["LearningRate"] = 0.1 };
        Assert.Equal((4L, 9L), Checkpoint.Load(File, "Trainer", State(), recipe));
    }

    [Fact]
    public void A_bit_that_flips_is_noticed_wherever_it_is()
    {
        Checkpoint.Save(File, "Trainer", State(), 4, 9, new Dictionary<string, double> { ["LearningRate"] = 0.1 });
        var whole = System.IO.File.ReadAllBytes(File);
        var refused = 0;
        for (var place = 0; place < whole.Length; place++)
        {
            var damaged = whole.ToArray();
            damaged[place] ^= (byte)(1 << (place % 8));
            System.IO.File.WriteAllBytes(File, damaged);
            var state = State(seed: 2);
            using var before = state["moment"].clone();
            try
            {
                // Without the checksum's name, or in another name of the metadata, nothing that is loaded is wrong.
                Assert.Equal((4L, 9L), Checkpoint.Load(File, "Trainer", state));
                Assert.All(State(), pair => Assert.True(pair.Value.Equals(state[pair.Key])));
            }
            catch (InvalidDataException)
            {
                refused++;
                Assert.True(before.Equals(state["moment"]));
            }
        }

        Assert.InRange(refused, whole.Length - "dsl.sha256".Length, whole.Length);

        whole[^3] ^= 1;
        System.IO.File.WriteAllBytes(File, whole);
        ExpectError(State(), "is damaged", "checksum");
    }

    [Fact]
    public void Other_numbers_are_listed_and_nothing_is_changed()
    {
        var saved = new Dictionary<string, double>
        {
            ["LearningRate"] = 0.1, ["Epochs"] = 20, ["Beta1"] = 0.9, ["Momentum"] = 1.0 / 3,
        };
        Checkpoint.Save(File, "Trainer", State(seed: 1), 4, 9, saved);
        Assert.Equal(4, Checkpoint.Load(File, "Trainer", State(), saved).Step);
        var state = State(seed: 2);
        using var before = state["moment"].clone();
        var other = new Dictionary<string, double> { ["LearningRate"] = 0.05, ["Epochs"] = 40, ["Beta1"] = 0.9, ["T0Steps"] = 7 };
        var error = Assert.Throws<InvalidOperationException>(() => Checkpoint.Load(File, "Trainer", state, other));
        string[] parts =
        [
            File, "LearningRate was 0.1 and is 0.05; Epochs was 20 and is 40; T0Steps is 7 and was not there; Momentum was 0.333",
            "withOtherNumbers: true",
        ];
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.True(before.Equals(state["moment"]));
        Assert.Equal(4, Checkpoint.Load(File, "Trainer", state, other, withOtherNumbers: true).Step);
        Assert.False(before.Equals(state["moment"]));
    }

    [Fact]
    public void Numbers_that_are_none_are_damage()
    {
        var metadata = Metadata();
        metadata["dsl.recipe.LearningRate"] = "fast";
        Runtime.Safetensors.Write(File, State(), metadata);
        var recipe = new Dictionary<string, double> { ["LearningRate"] = 0.1 };
        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File, "Trainer", State(), recipe));
        Assert.Contains("'fast' is no number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_created()
    {
        var path = Path.Combine(_folder.File("new"), "deeper", "run");
        Checkpoint.Prepare(path);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
        Checkpoint.Save(Path.Combine(_folder.File("newer"), "run"), "Trainer", State(), 0, 0);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_refused_by_its_name()
    {
        var file = _folder.Write("file", "");
        var below = Path.Combine(file, "run");
        foreach (var (path, message) in new[] { (below, "its folder cannot be created"), (_folder.File("."), "it is a folder") })
        {
            var error = Assert.Throws<IOException>(() => Checkpoint.Prepare(path));
            Assert.Contains($"The run cannot be saved to {path}: {message}", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<IOException>(() => Checkpoint.Save(below, "Trainer", State(), 0, 0));
        var missing = Path.Combine(_folder.File("missing"), "weights");
        var write = Assert.Throws<DirectoryNotFoundException>(() => Runtime.Safetensors.Write(missing, State()));
        Assert.Contains($"{missing} cannot be written: there is no folder", write.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_waits_is_not_lost()
    {
        using var gradients = zeros(16);
        Checkpoint.RequireApplied(gradients);
        gradients[7] = 1e-30f;
        var error = Assert.Throws<InvalidOperationException>(() => Checkpoint.RequireApplied(gradients));
        Assert.Contains("save after ApplyGradients", error.Message, StringComparison.Ordinal);
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

    private static Dictionary<string, string> Metadata() =>
        new() { ["dsl.trainer"] = "Trainer", ["dsl.step"] = "4", ["dsl.seed"] = "9" };

    private void ExpectError(Dictionary<string, Tensor> state, params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File, "Trainer", state));
        Assert.All(parts.Append(File), part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
