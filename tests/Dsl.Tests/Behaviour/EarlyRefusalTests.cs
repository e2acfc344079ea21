using Dsl.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Behaviour;

[Model(6), Linear(4), BatchNorm1d, ReLU, Linear(3)]
public partial class Normalized;

[Trainer<Normalized>, CrossEntropy, Sgd(0.1), BatchSize(8), Epochs(1)]
public partial class NormalizedTrainer;

[Trainer<Normalized>, CrossEntropy, Sgd(0.1), BatchSize(8, DropLast = true), Epochs(1)]
public partial class WholeBatches;

[Augmentation, HorizontalFlip, ColorJitter(Brightness = 0.2)]
public partial class Tinted;

[Augmentation, Normalize(0.5, 0.25), HorizontalFlip]
public partial class Shifted;

[Model(1, 4, 4), Flatten, Linear(3)]
public partial class Images;

[Trainer<Images>, CrossEntropy, Augment<Tinted>, Sgd(0.1), BatchSize(8), Epochs(1)]
public partial class TintedTrainer;

[Trainer<Images>, CrossEntropy, Augment<Shifted>, Sgd(0.1), BatchSize(8), Epochs(1)]
public partial class ShiftedTrainer;

/// <summary>What cannot go well is refused before the first step.</summary>
public sealed class EarlyRefusalTests
{
    [Fact]
    public void A_last_batch_of_one_sample_that_is_normalised_over_is_refused_before_the_first_step()
    {
        using var data = new InMemoryData(randn(17, 6), zeros(17, int64));
        using Normalized model = new(), other = new();
        using NormalizedTrainer trainer = new(model);
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Fit(data));
        Assert.Contains("'Normalized'", refused.Message);
        Assert.Contains("of 17 samples batches of 8 leave one over", refused.Message);
        Assert.Equal(0, trainer.StepCount);
        using WholeBatches whole = new(other);
        whole.Fit(data);
        Assert.Equal(2, whole.StepCount);
    }

    [Fact]
    public void No_network_is_named_as_what_is_missing() =>
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => new NormalizedTrainer(null!)).ParamName);

    [Fact]
    public void Bytes_whose_tones_a_policy_would_cut_are_refused()
    {
        using Images model = new(), other = new();
        using TintedTrainer trainer = new(model);
        using var bytes = new InMemoryData(ones(8, 1, 4, 4).mul_(200), zeros(8, int64));
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Fit(bytes));
        Assert.Contains("[ColorJitter] of Tinted", refused.Message);
        Assert.Contains("divide bytes by 255", refused.Message);
        using ShiftedTrainer shifted = new(other);
        shifted.Fit(bytes);
        Assert.Equal(1, shifted.StepCount);
    }
}
