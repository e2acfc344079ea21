using Dsl.Runtime;
using Dsl.Tests.Oracles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>What a trainer saves, when it refuses to, and what it goes on with.</summary>
public sealed class CheckpointRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-").FullName;

    private string File => Path.Combine(_folder, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    public void A_run_that_a_watcher_saves_goes_on_with_its_evaluations(int step)
    {
        using var data = Noise(20, 1);
        using var validation = Noise(200, 2);
        using var whole = new Stopping(Fresh());
        var watched = new Watcher { Step = done => SaveAt(done, step, whole) };
        whole.Fit(data, validation, watched);
        using var resumed = new Stopping(Fresh());
        resumed.Resume(File);
        Assert.Equal(step, resumed.StepCount);
        resumed.Fit(data, validation);
        Assert.Equal(whole.StepCount, resumed.StepCount);
        Assert.True(whole.Model.Arena.Values.Equals(resumed.Model.Arena.Values));
    }

    [Fact]
    public void A_gradient_that_waits_is_not_saved_away()
    {
        using var trainer = new Whole(Fresh());
        trainer.StepsPerEpoch = 1;
        using var batch = new Whole.Batch(randn(4, 6), zeros([4], ScalarType.Int64));
        trainer.Save(File);
        trainer.ComputeGradients(batch, new());
        var error = Assert.Throws<InvalidOperationException>(() => trainer.Save(File));
        Assert.Contains("save after ApplyGradients", error.Message, StringComparison.Ordinal);
        trainer.Resume(File);
        Assert.Equal(0, trainer.Model.Arena.Gradients.abs().max().ToDouble());
        trainer.ComputeGradients(batch, new());
        trainer.ApplyGradients();
        trainer.Save(File);
    }

    [Fact]
    public void A_trainer_with_other_numbers_says_which()
    {
        using var data = Noise(20, 1);
        using var saved = new Whole(Fresh()) { LearningRate = 0.05 };
        saved.Fit(data);
        saved.Save(File);
        using var resumed = new Whole(Fresh()) { Epochs = 5 };
        var error = Assert.Throws<InvalidOperationException>(() => resumed.Resume(File));
        Assert.Contains("LearningRate was 0.05 and is 0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Epochs was 3 and is 5", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, resumed.StepCount);
        resumed.Resume(File, withOtherNumbers: true);
        Assert.Equal(saved.StepCount, resumed.StepCount);
        Assert.Equal(0.1, resumed.LearningRate);
    }

    [Fact]
    public void Every_number_of_a_trainer_is_in_its_file()
    {
        using var trainer = new AccumulatedMeanTeacher(new Everything());
        trainer.Save(File);
        using var file = Safetensors.Read(File);
        const string prefix = "dsl.recipe.";
        var numbers = file.Metadata.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => key[prefix.Length..]).Order(StringComparer.Ordinal);
        string[] expected =
        [
            "AccumulatedBatches", "BatchSize", "Beta1", "Beta2", "Epochs", "Epsilon", "LearningRate",
            "MeanTeacherConsistencyWeight", "MeanTeacherEma", "MeanTeacherRampUpSteps", "UnlabeledBatchSize",
        ];
        Assert.Equal(expected, numbers);
    }

    [Fact]
    public void The_folder_of_a_run_is_created()
    {
        using var data = Noise(20, 1);
        using var trainer = new Diverging(Fresh()) { LearningRate = 1e-3 };
        string path = Path.Combine(_folder, "new", "run");
        trainer.Fit(data, path);
        Assert.True(System.IO.File.Exists(path));
    }

    [Fact]
    public void A_path_that_cannot_be_written_costs_no_step()
    {
        System.IO.File.WriteAllText(File, "a file");
        using var data = Noise(20, 1);
        using var trainer = new Diverging(Fresh()) { LearningRate = 1e-3 };
        var error = Assert.Throws<IOException>(() => trainer.Fit(data, Path.Combine(File, "run")));
        Assert.Contains(Path.Combine(File, "run"), error.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.StepCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".safetensors")]
    public void The_latest_checkpoints_stay_and_the_best_one(string extension)
    {
        using var data = Noise(20, 1);
        using var validation = Noise(200, 2);
        using var trainer = new Keeping(Fresh());
        string other = Path.Combine(_folder, "run.step-x" + extension);
        System.IO.File.WriteAllText(other, "not ours");
        var run = trainer.Fit(data, File + extension, validation: validation);
        string best = File + ".best" + extension;
        Assert.Equal(
            new[] { other, best, File + ".step-20" + extension, File + ".step-24" + extension, File + extension }
                .Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
        Assert.Equal(System.IO.File.ReadAllBytes(File + extension), System.IO.File.ReadAllBytes(File + ".step-24" + extension));

        // Labels are noise, so that the best is not the last.
        using var again = new Keeping(Fresh());
        again.Resume(best);
        Assert.Equal(4 * run.BestEpoch, again.StepCount);
        Assert.True(again.StepCount < trainer.StepCount);
        Assert.Equal(run.Epochs.Min(epoch => epoch.ValidationLoss), again.Evaluate(validation).Loss, 1e-12);

        // Its file says what was best: a run that goes on from there without becoming better leaves it.
        var written = System.IO.File.GetLastWriteTimeUtc(best);
        again.Fit(data, File + extension, validation: validation);
        Assert.Equal(written, System.IO.File.GetLastWriteTimeUtc(best));
        Assert.True(trainer.Model.Arena.Values.Equals(again.Model.Arena.Values));
    }

    [Fact]
    public void The_best_checkpoint_needs_an_evaluation()
    {
        using var data = Noise(20, 1);
        using var trainer = new Keeping(Fresh());
        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(data, File));
        Assert.Contains("Keeping keeps the best checkpoint", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.StepCount);
    }

    [Theory]
    [InlineData("dsl.history", "{\"epoch\":1}", "the history of the run")]
    [InlineData("dsl.frozen", "0.bias\nnothing", "'nothing' was frozen")]
    [InlineData("dsl.step", "-3", "it is of step -3")]
    public void A_file_whose_metadata_are_wrong_changes_nothing(string key, string value, string expected)
    {
        using var data = Noise(20, 1);
        using var saved = new Whole(Fresh());
        saved.Fit(data);
        saved.Save(File);
        string damaged = File + ".damaged";
        using (var file = Safetensors.Read(File))
        {
            var metadata = file.Metadata.Where(entry => entry.Key != "dsl.sha256").ToDictionary();
            metadata[key] = value;
            Safetensors.Write(damaged, file.ToDictionary(), metadata);
        }

        using var trainer = new Whole(Fresh());
        using var before = trainer.Model.Arena.Values.clone();
        var error = Assert.Throws<InvalidDataException>(() => trainer.Resume(damaged));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.StepCount);
        Assert.True(before.Equals(trainer.Model.Arena.Values));
    }

    [Fact]
    public void A_device_is_no_file()
    {
        if (OperatingSystem.IsWindows()) return;
        using var data = Noise(20, 1);
        using var trainer = new Diverging(Fresh()) { LearningRate = 1e-3 };
        var error = Assert.Throws<IOException>(() => trainer.Fit(data, "/dev/null"));
        Assert.Contains("/dev/null cannot be written: it is a device", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.StepCount);
    }

    [Fact]
    public void Running_statistics_that_are_not_finite_are_not_saved()
    {
        using var generator = new Generator(2);
        using var trainer = new OneByOne(new Everything(generator));
        trainer.Save(File);
        var (name, buffer) = trainer.Model.named_buffers()
            .First(pair => pair.name.EndsWith("running_var", StringComparison.Ordinal));
        buffer.fill_(double.NaN);
        var error = Assert.Throws<InvalidOperationException>(() => trainer.Save(File));
        Assert.Contains($"NaN or infinity in model.{name}.", error.Message, StringComparison.Ordinal);
        trainer.Resume(File);
        trainer.Save(File);
    }

    private void SaveAt(long done, long step, Stopping trainer)
    {
        if (done == step) trainer.Save(File);
    }

    private static Plain Fresh()
    {
        using var generator = new Generator(2);
        return new Plain(generator);
    }

    private static InMemoryData Noise(int count, int seed)
    {
        manual_seed(seed);
        return new InMemoryData(randn(count, 6), randint(0, 4, new long[] { count }, ScalarType.Int64));
    }
}
