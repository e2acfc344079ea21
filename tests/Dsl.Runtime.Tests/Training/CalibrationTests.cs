using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

/// <summary>The expected calibration error, against numbers worked out by hand.</summary>
public class CalibrationTests
{
    [Fact]
    public void Distances_of_confidence_and_accuracy_by_the_size_of_their_bins()
    {
        // Confidences 0.9 (right), 0.9 (wrong), 0.6 (right), 0.65 (right), in bins of a fifth: those of 0.9 in the last, the
        // others in the fourth.
        double[] confidence = [0.9, 0.9, 0.6 + 1e-9, 0.65];
        var logits = stack(confidence.Select(p => tensor(new[] { Math.Log(p), Math.Log(1 - p) })));
        var labels = tensor(new long[] { 0, 1, 0, 0 });
        double expected = (0.5 * Math.Abs(0.9 - 0.5)) + (0.5 * Math.Abs(0.625 - 1));
        Assert.Equal(expected, Calibration.ExpectedError(logits, labels, 5), 2e-6);

        // In one bin, what is too much and what is too little cancel out.
        Assert.Equal(Math.Abs(0.7625 - 0.75), Calibration.ExpectedError(logits, labels, 1), 2e-6);
    }

    [Fact]
    public void Certainty_is_calibrated_when_it_is_right()
    {
        var logits = eye(4) * 1000;
        var labels = arange(4, ScalarType.Int64);
        Assert.Equal(0, Calibration.ExpectedError(logits, labels), 2e-6);
        Assert.Equal(1, Calibration.ExpectedError(logits, labels.flip(0)), 2e-6);
    }

    [Fact]
    public void A_bin_holds_its_upper_bound()
    {
        // 1/2 is of the first of two bins, whose mean is right; alone in the second it would be off by a half.
        var logits = tensor(new[,] { { 0.0, 0.0 }, { 0.0, 0.0 } });
        Assert.Equal(0, Calibration.ExpectedError(logits, tensor(new long[] { 0, 1 }), 2), 2e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Calibration.ExpectedError(logits, tensor(new long[] { 0, 1 }), 0));
    }
}
