using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Runs that are saved behind one of their steps, and go on in another trainer from other weights: the end is that of
/// the run that nothing disturbed, to the last bit, buffers and averages included.</summary>
public class ResumedRunTests
{
    [Fact]
    public void Lion() => Resumes<TwoLayers, LionPlain>(
        [5], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));

    [Fact]
    public void Lion_with_decay() => Resumes<TwoLayers, LionDecay>(
        [5], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));

    [Fact]
    public void Sharpness_aware_with_batch_normalisation() => Resumes<SmoothNormalized, SharpnessTrainer>(
        [4], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));

    [Fact]
    public void Sharpness_aware_through_autograd() => Resumes<SmoothNormalized, SharpnessAutograd>(
        [4], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));

    [Fact]
    public void Sharpness_aware_in_windows() => Resumes<Smooth, SharpnessWindows>(
        [4], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(13)]
    public void Averages_of_cycles(long saved) => Resumes<SmoothNormalized, Averaged>(
        [4], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher), saved);

    // Before the first epoch that counts, within it, and between two that do.
    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(16)]
    public void Averages_of_the_last_epochs(long saved) => Resumes<SmoothNormalized, AveragedTail>(
        [4], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher), saved);

    [Fact]
    public void Spectral_norms() => Resumes<SpectralNet, SpectralTrainer>(
        [3, 7], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));

    [Fact]
    public void Spectral_norms_through_autograd() => Resumes<SpectralNet, SpectralAutograd>(
        [3, 7], seed => new(seed), model => new(model), (trainer, data, watcher) => trainer.Fit(data, watcher));

    private static void Resumes<TModel, TTrainer>(
        long[] input, Func<Generator, TModel> make, Func<TModel, TTrainer> create,
        Action<TTrainer, InMemoryData, ITrainingProgress?> fit, long saved = 7)
        where TModel : nn.Module
        where TTrainer : Trainer
    {
        using var data = new InMemoryData(
            randn([24, .. input], generator: new Generator(3)) + 1, arange(24).remainder(3));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var whole = make(new Generator(1));
        using var undisturbed = create(whole);
        fit(undisturbed, data, new SaveAfter(undisturbed, saved, path));
        using var second = make(new Generator(2));
        using var resumed = create(second);
        resumed.Resume(path);
        Assert.Equal(saved, resumed.StepCount);
        var start = whole.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        Assert.True(undisturbed.StepCount > saved);
        fit(resumed, data, null);
        Assert.Equal(undisturbed.StepCount, resumed.StepCount);
        undisturbed.Save(path);
        resumed.Save(path + ".resumed");
        using var expected = Safetensors.Read(path);
        using var actual = Safetensors.Read(path + ".resumed");
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, value) in expected) Assert.True(value.Equals(actual[name]), name);
        foreach (var (name, value) in second.state_dict()) Assert.True(start[name].Equals(value), name);
        File.Delete(path);
        File.Delete(path + ".resumed");
    }
}
