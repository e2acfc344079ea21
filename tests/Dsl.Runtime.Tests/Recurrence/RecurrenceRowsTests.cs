using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Recurrence;

/// <summary>Recurrences of some samples at a time: those of double precision, on any number of threads.</summary>
public class RecurrenceRowsTests
{
    private const int Steps = 6, Size = 24, Features = 9;

    public static TheoryData<long, bool> Batches => new() { { 1, false }, { 7, true }, { 30, false }, { 65, true } };

    [Theory]
    [MemberData(nameof(Batches))]
    public void Of_an_lstm(long samples, bool reverse) => Check(samples, 4, (x, w, u, b, gradient) =>
    {
        var (h, gates, cells, squashed) = LstmRecurrence.Forward(x, w, u, b, reverse);
        return [h, cells, LstmRecurrence.Backward(gradient, u, gates, cells, squashed, reverse)];
    });

    [Theory]
    [MemberData(nameof(Batches))]
    public void Of_a_gated_recurrent_unit(long samples, bool reverse) => Check(samples, 3, (x, w, u, b, gradient) =>
    {
        var (h, gates, memories) = GruRecurrence.Forward(x, w, u, b, b, reverse);
        var (ofInput, ofState) = GruRecurrence.Backward(gradient, u, h, gates, memories, reverse);
        return [h, ofInput, ofState];
    });

    private static void Check(long samples, int blocks, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor[]> run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor x = randn(Steps, samples, Features), gradient = randn(Steps, samples, Size);
        Tensor w = randn(blocks * Size, Features), u = randn(blocks * Size, Size).mul(0.3), b = randn(blocks * Size);
        Tensor[] exact = run(Double(x), Double(w), Double(u), Double(b), Double(gradient));
        Tensor[] one = OnThreads(1), two = OnThreads(2);
        foreach (var (expected, found) in exact.Zip(one))
            Assert.True(Double(found).allclose(expected, 1e-4, 1e-5), $"{(Double(found) - expected).abs().max().item<double>()}");
        foreach (var (first, second) in one.Zip(two)) Assert.True(first.equal(second).all().item<bool>());

        Tensor[] OnThreads(int threads)
        {
            int before = get_num_threads();
            set_num_threads(threads);
            Tensor[] results = run(x, w, u, b, gradient);
            set_num_threads(before);
            return results;
        }
    }

    private static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64);
}
