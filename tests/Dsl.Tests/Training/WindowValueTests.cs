using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

[Model(5, 3), Linear(4)]
public partial class Padded;

[Trainer<Padded>, CrossEntropy(PerPosition = true), Sgd(1), Epochs(1), BatchSize(1), Accumulate(2)]
public partial class PaddedWindow;

[Trainer<Padded>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Sgd(1), Epochs(1), BatchSize(1), Accumulate(2)]
public partial class PaddedWindowAutograd;

[Trainer<Padded>, CrossEntropy(PerPosition = true, LabelSmoothing = 0.1), Sgd(0.5), Epochs(3), BatchSize(1), Accumulate(4)]
public partial class SmoothedPadded;

[Trainer<Padded>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true, LabelSmoothing = 0.1), Sgd(0.5), Epochs(3),
    BatchSize(1)]
public partial class SmoothedPaddedAutograd;

/// <summary>Sequences of which some are padded to their whole length, and windows of batches with few labels and many.</summary>
public class WindowValueTests
{
    // One label in the first sequence, five in the second.
    private static readonly long[,] Labels = { { 1, -100, -100, -100, -100 }, { 0, 1, 2, 3, 1 } };

    [Fact]
    public void A_window_is_the_mean_over_its_labels_and_not_over_its_batches_means()
    {
        using var data = new InMemoryData(
            (arange(30, ScalarType.Float64) * 0.7).cos().to(ScalarType.Float32).reshape(2, 5, 3), tensor(Labels));
        using var first = new PaddedWindow(Start());
        using var second = new PaddedWindowAutograd(Start());
        double loss = first.Fit(data).FinalLoss, other = second.Fit(data).FinalLoss;

        // PyTorch's mean over all six labels; the mean of the two batches' means would be 1.0524139.
        Assert.Equal(1.1844931, loss, 1e-6);
        Assert.Equal(1.1844931, other, 1e-6);
        using var bias = tensor(new[] { -0.07497732f, 0.203072f, -0.07831918f, -0.04977554f });
        Close.To(bias, first.Model.Linear0Bias, "bias", 1e-5);
        Close.To(bias, second.Model.Linear0Bias, "bias of the autograd target", 1e-5);
    }

    [Fact]
    public void A_padded_sequence_teaches_nothing()
    {
        using var generator = new Generator(3);
        var inputs = randn([4, 5, 3], generator: generator);
        var labels = randint(0, 4, [4, 5], ScalarType.Int64, generator: generator);
        labels[2].fill_(-100);
        using var data = new InMemoryData(inputs, labels);
        using var windows = new SmoothedPadded(Start());
        using var steps = new SmoothedPaddedAutograd(Start());
        windows.Fit(data);
        steps.Fit(data);
        Assert.True(windows.Model.Arena.Values.isfinite().all().ToBoolean());
        Assert.True(steps.Model.Arena.Values.isfinite().all().ToBoolean());
    }

    private static Padded Start()
    {
        var model = new Padded();
        using var noGrad = no_grad();
        model.Linear0Weight.copy_(
            tensor(new[] { .3f, -.2f, .5f, .1f, .9f, -.4f, -.7f, .2f, .6f, .05f, -.3f, .25f }).reshape(4, 3));
        model.Linear0Bias.zero_();
        return model;
    }
}
