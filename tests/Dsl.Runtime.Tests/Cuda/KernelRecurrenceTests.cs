using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>Kernels of recurrences' cells, run on the processor, against their operators in double precision.</summary>
public class KernelRecurrenceTests
{
    public static TheoryData<long, bool> Batches => new() { { 1, false }, { 7, true }, { 30, false } };

    [EmulatedTheory, MemberData(nameof(Batches))]
    public void Of_an_lstm(long samples, bool reverse) => Check(samples, 4, ["lstm_forward", "lstm_backward"],
        (x, w, u, b, gradient) =>
        {
            var (h, gates, cells, squashed) = LstmRecurrence.Forward(x, w, u, b, reverse);
            return [h, gates, cells, squashed, LstmRecurrence.Backward(gradient, u, gates, cells, squashed, reverse)];
        });

    [EmulatedTheory, MemberData(nameof(Batches))]
    public void Of_a_gated_recurrent_unit(long samples, bool reverse) => Check(samples, 3, ["gru_forward", "gru_backward"],
        (x, w, u, b, gradient) =>
        {
            var (h, gates, memories) = GruRecurrence.Forward(x, w, u, b, b, reverse);
            var (ofInput, ofState) = GruRecurrence.Backward(gradient, u, h, gates, memories, reverse);
            return [h, gates, memories, ofInput, ofState];
        });

    [EmulatedFact]
    public void Of_an_lstm_that_goes_on() => Check(5, 4, ["lstm_forward", "lstm_backward"], (x, w, u, b, gradient) =>
    {
        var (h, all, gates, cells, squashed) = LstmRecurrence.Continue(x, w, u, b, null, 0);
        return [h, all, cells, LstmRecurrence.ContinueBackward(gradient, u, gates, cells, squashed)];
    });

    private static void Check(
        long samples, int blocks, string[] kernels, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor[]> run)
    {
        const int steps = 5, size = 13, features = 9;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(3);

        // As a part of another tensor, with gaps.
        Tensor x = Drawn(steps, samples, features), gradient = Drawn(steps, samples, 2 * size).narrow(2, 0, size);
        Tensor w = Drawn(blocks * size, features), u = Drawn(blocks * size, size).mul_(0.3f), b = Drawn(blocks * size);
        Tensor[] expected = run(Double(x), Double(w), Double(u), Double(b), Double(gradient));
        using var emulated = EmulatedDevice.Begin(out var device);
        Tensor[] found = run(x, w, u, b, gradient);
        foreach (var (exact, single) in expected.Zip(found)) Close.To(exact, single, 2e-6);
        Assert.Equal(kernels.SelectMany(kernel => Enumerable.Repeat(kernel, steps)), device.Launched);

        Tensor Drawn(params long[] shape) => randn(shape, generator: generator);
    }

    private static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64);
}
