using Dsl.Runtime;
using static TorchSharp.torch;

namespace Digits;

/// <summary>The demo's trainings, each from a seed to a trained network: the seed decides split, initial parameters and every
/// draw.</summary>
/// <param name="seed">Any number; equal seeds give equal results on a machine.</param>
/// <param name="device">Where to train.</param>
public sealed class Recipes(long seed, Device device) : IDisposable
{
    private const int Labels = 50;

    private readonly (InMemoryData Train, InMemoryData Test) _data = HandwrittenDigits.LoadSplit(seed);

    /// <summary>The images to test on.</summary>
    public InMemoryData Test => _data.Test;

    /// <summary>(a) Labels for all 1,297 images.</summary>
    public SupervisedTrainer Supervised(ITrainingProgress? progress = null)
    {
        using var initialization = new Generator((ulong)seed);
        var trainer = new SupervisedTrainer(new Cnn(initialization), device) { Seed = seed };
        trainer.Fit(_data.Train, progress);
        return trainer;
    }

    /// <summary>(b) A student that learns from a teacher's outputs for the 1,297 images, and from no label.</summary>
    public DistillTrainer Distilled(Cnn teacher, ITrainingProgress? progress = null)
    {
        using var initialization = new Generator((ulong)seed + 1);
        var trainer = new DistillTrainer(new Mlp(initialization), teacher, device) { Seed = seed };
        trainer.Fit(_data.Train, progress);
        return trainer;
    }

    /// <summary>The student's network on 50 labels.</summary>
    public FewLabelsTrainer FewLabels(ITrainingProgress? progress = null)
    {
        using var labeled = _data.Train.BalancedSubset(Labels, seed);
        using var initialization = new Generator((ulong)seed + 1);
        var trainer = new FewLabelsTrainer(new Mlp(initialization), device) { Seed = seed };
        trainer.Fit(labeled, progress);
        return trainer;
    }

    /// <summary>(c) 50 labels, and all images without: what is predicted with confidence for a weak view is the label of a strong
    /// one.</summary>
    public FixMatchTrainer FixMatch(ITrainingProgress? progress = null)
    {
        using var labeled = _data.Train.BalancedSubset(Labels, seed);
        using var initialization = new Generator((ulong)seed + 2);
        var trainer = new FixMatchTrainer(new Cnn(initialization), device) { Seed = seed };
        trainer.Fit(labeled, _data.Train, progress);
        return trainer;
    }

    /// <summary>The same by a moving average that teaches.</summary>
    public MeanTeacherTrainer MeanTeacher(ITrainingProgress? progress = null)
    {
        using var labeled = _data.Train.BalancedSubset(Labels, seed);
        using var initialization = new Generator((ulong)seed + 2);
        var trainer = new MeanTeacherTrainer(new NoisyCnn(initialization), device) { Seed = seed };
        trainer.Fit(labeled, _data.Train, progress);
        return trainer;
    }

    /// <summary>A convolutional network on the 50 labels alone.</summary>
    public FewLabelsCnnTrainer FewLabelsCnn(ITrainingProgress? progress = null)
    {
        using var labeled = _data.Train.BalancedSubset(Labels, seed);
        using var initialization = new Generator((ulong)seed + 2);
        var trainer = new FewLabelsCnnTrainer(new Cnn(initialization), device) { Seed = seed };
        trainer.Fit(labeled, progress);
        return trainer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _data.Train.Dispose();
        _data.Test.Dispose();
    }
}
