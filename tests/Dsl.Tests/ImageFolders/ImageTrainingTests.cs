using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.ImageFolders;

/// <summary>Training on a folder of images: it learns, streamed as in memory, and by every kind of trainer.</summary>
public sealed class ImageTrainingTests : IClassFixture<ImageTrainingTests.Folder>
{
    private readonly string _folder;

    public ImageTrainingTests(Folder images) => _folder = images.Images.Path;

    [Fact]
    public void It_learns_and_normalises_by_the_training_part_alone()
    {
        var (train, test) = Sign.Load(_folder).StratifiedSplit(0.25, seed: 1);
        using var trainer = Trained(train, epochs: 40);
        Assert.True(trainer.Evaluate(test).Accuracy > 0.85, $"{trainer.Evaluate(test).Accuracy}");
        using var reader = train.ReadAhead();
        using var inputs = reader.ReadInputs(arange(train.Count));
        using var mean = inputs.mean([0, 2, 3]);
        using var deviation = inputs.std([0, 2, 3], unbiased: false);
        Assert.True(mean.allclose(trainer.Model.ImageMean.flatten(), atol: 1e-5));
        Assert.True(deviation.allclose(trainer.Model.ImageDeviation.flatten(), atol: 1e-5));
        Assert.Equal(train.Count, trainer.Model.ImageCount.item<long>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Streamed_equals_cached_to_the_last_bit(int threads)
    {
        using var cached = Trained(Sign.Load(_folder));
        using var streamed = Trained(Sign.Load(_folder, cache: false, threads: threads));
        Same(cached.Model, streamed.Model);
        var images = Sign.Load(_folder, cache: false, threads: threads);
        Assert.Equal(cached.Evaluate(Sign.Load(_folder)).Loss, streamed.Evaluate(images).Loss);
        Assert.Equal(
            cached.Predict(Sign.Load(_folder)).Select(prediction => prediction.Probability),
            streamed.Predict(images).Select(prediction => prediction.Probability));
    }

    [Fact]
    public void Both_targets_learn_alike()
    {
        using var explicitly = Trained(Sign.Load(_folder), epochs: 1);
        using var byAutograd = new SignTrainerByAutograd(Fresh()) { Seed = 4, Epochs = 1 };
        byAutograd.Fit(Sign.Load(_folder));
        foreach (var ((name, left), (_, right)) in explicitly.Model.state_dict().Zip(byAutograd.Model.state_dict()))
            Assert.True(left.to_type(float32).allclose(right.to_type(float32), rtol: 1e-3, atol: 1e-4), name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Augmented_averaged_and_stopped_early(bool cache)
    {
        var (train, test) = Sign.Load(_folder, cache: cache).StratifiedSplit(0.25, seed: 1);
        using var trainer = new AugmentedSignTrainer(Fresh()) { Seed = 2 };
        trainer.Fit(train, test);
        Assert.True(double.IsFinite(trainer.Evaluate(test).Loss));
        Assert.Equal(trainer.Model.ImageMean.data<float>().ToArray(), trainer.Average.ImageMean.data<float>().ToArray());
        Assert.True(trainer.Average.Preprocessing.IsFitted);
    }

    [Fact]
    public void Several_batches_an_update_and_a_resumed_run_read_the_same_images()
    {
        using var cached = new AccumulatedSignTrainer(Fresh()) { Seed = 2 };
        cached.Fit(Sign.Load(_folder));
        string checkpoint = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var first = new AccumulatedSignTrainer(Fresh()) { Seed = 2, Epochs = 1 };
            first.Fit(Sign.Load(_folder, cache: false, threads: 2));
            first.Save(checkpoint);
            using var second = new AccumulatedSignTrainer(new SignNet()) { Seed = 2 };
            second.Resume(checkpoint, withOtherNumbers: true);
            second.Epochs = 2;
            second.Fit(Sign.Load(_folder, cache: false, threads: 2));
            Assert.True(second.Model.Preprocessing.IsFitted);
            Same(cached.Model, second.Model);
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    [Fact]
    public void Images_without_labels_are_a_second_stream()
    {
        var images = Sign.Load(_folder);
        using var trainer = new HalfLabelledSignTrainer(Fresh()) { Seed = 2 };
        var report = trainer.Fit(images.Subset([0, 30, 60, 1, 31, 61, 2, 32]), images);
        Assert.Equal(4, report.Steps);
        Assert.Equal(8, trainer.Model.ImageCount.item<long>());
    }

    [Fact]
    public void Tensors_alone_do_not_say_how_to_normalise()
    {
        using var trainer = new SignTrainer(Fresh());
        ILabeledDataSource tensors = Sign.Load(_folder);
        var error = Assert.Throws<InvalidOperationException>(() => trainer.Fit(tensors));
        Assert.Contains("The mean and deviation of Sign are not known", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.StepCount);
        trainer.Model.Preprocessing.Fit(Sign.Load(_folder));
        Assert.True(trainer.Fit(tensors).Steps > 0);
    }

    [Fact]
    public void Folds_are_trained_one_after_the_other()
    {
        var images = Sign.Load(_folder);
        var result = SignTrainer.CrossValidate(images.StratifiedFolds(2));
        Assert.Equal(2, result.Folds.Count);
        Assert.True(result.Mean(fold => fold.Accuracy) > 0.6);
    }

    [Fact]
    public void A_file_that_is_damaged_while_training_is_named()
    {
        using var drawn = new DrawnImages(8);
        var images = Sign.Load(drawn.Path, cache: false, threads: 2);
        using var trainer = new SignTrainer(Fresh());
        trainer.Model.Preprocessing.Fit(images);
        string victim = Path.Combine(drawn.Path, "cross", "3.png");
        File.WriteAllBytes(victim, File.ReadAllBytes(victim)[..50]);
        Assert.Contains(victim, Assert.Throws<InvalidDataException>(() => trainer.Fit(images)).Message, StringComparison.Ordinal);
        File.Delete(victim);
        Assert.Contains(victim, Assert.Throws<FileNotFoundException>(() => trainer.Evaluate(images)).Message,
            StringComparison.Ordinal);
    }

    private static SignNet Fresh()
    {
        using var generator = new Generator(7);
        return new SignNet(generator);
    }

    private static SignTrainer Trained(ImageData<Sign> data, int epochs = 12)
    {
        var trainer = new SignTrainer(Fresh()) { Seed = 4, Epochs = epochs };
        trainer.Fit(data);
        return trainer;
    }

    private static void Same(SignNet left, SignNet right)
    {
        foreach (var (name, value) in left.state_dict())
            Assert.True(value.equal(right.state_dict()[name]).all().item<bool>(), name);
    }

    /// <summary>The images of all tests.</summary>
    public sealed class Folder : IDisposable
    {
        internal DrawnImages Images { get; } = new();

        public void Dispose() => Images.Dispose();
    }
}
