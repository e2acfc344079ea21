using Dsl.Runtime;
using Dsl.Tests.Fuzzed;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Data;

/// <summary>Sources of a user's own that do not keep what they promise are told which read was wrong.</summary>
public sealed class UnreliableSourceTests
{
    [Fact]
    public void What_a_source_returns_is_looked_at_under_the_name_of_the_call()
    {
        using var trainer = new FlatTrainer(new Flat());
        Assert.Throws<ArgumentNullException>("data.ReadInputs(indices)", () => trainer.Fit(new Source { Inputs = _ => null! }));
        Assert.Throws<ArgumentNullException>(
            "data.ReadLabels(indices)", () => trainer.Evaluate(new Source { Labels = _ => null! }));
        Assert.Contains(
            "The numbers of 'Input' have NaN in row 0 at [0], and 11 more",
            Assert.Throws<DataMismatchException>(
                () => trainer.Fit(new Source { Inputs = count => full([count, 4], double.NaN) })).Message,
            StringComparison.Ordinal);
        Assert.True(double.IsNaN(trainer.Evaluate(new Source { Inputs = count => full([count, 4], double.NaN) }).Loss));
        Assert.Equal(0, trainer.StepCount);
    }

    [Fact]
    public void A_tensor_that_is_returned_twice_was_freed_with_the_first_batch()
    {
        using var trainer = new FlatTrainer(new Flat());
        var kept = rand(3, 4);
        var error = Assert.Throws<ObjectDisposedException>(() => trainer.Fit(new Source { Inputs = _ => kept }));
        Assert.Contains("give it a new tensor each time", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void No_sample_is_an_error_of_every_door(long count)
    {
        using var trainer = new FlatTrainer(new Flat());
        var source = new Source { Count = count };
        var ofFit = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(source));
        Assert.Contains($"{count} samples", ofFit.Message, StringComparison.Ordinal);
        var ofEvaluation = Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(source));
        Assert.Contains($"no sample to evaluate: the data tell {count}", ofEvaluation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 45)]
    [InlineData(long.MaxValue)]
    public void More_samples_than_an_order_has_memory_for_are_refused_before_it_is_asked_for(long count)
    {
        using var trainer = new FlatTrainer(new Flat());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(new Source { Count = count }));
        Assert.Contains("takes 8 bytes for each", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_asks_for_the_number_of_samples_once()
    {
        using var trainer = new FlatTrainer(new Flat());
        int asked = 0;
        Assert.Equal(6, trainer.Evaluate(new Source { Counted = () => asked++ == 0 ? 6 : 0 }).Count);
    }

    [Fact]
    public void An_error_of_the_source_arrives_as_it_is()
    {
        using var trainer = new FlatTrainer(new Flat());
        var error = new IOException("the disk is gone");
        var source = new Source { Labels = _ => throw error };
        Assert.Same(error, Assert.Throws<IOException>(() => trainer.Fit(source)));
        Assert.Same(error, Assert.Throws<IOException>(() => trainer.Evaluate(source)));
    }

    [Fact]
    public void Null_in_place_of_data_is_named()
    {
        using var supervised = new FlatTrainer(new Flat());
        using var semiSupervised = new ConvolvedMeanTeacher(new Convolved());
        using var stopping = new WindowTrainer(new Flat());
        Assert.Throws<ArgumentNullException>("data", () => supervised.Fit(null!));
        Assert.Throws<ArgumentNullException>("data", () => supervised.Evaluate(null!));
        Assert.Throws<ArgumentNullException>("unlabeled", () => semiSupervised.Fit(new Source(), null!));
        Assert.Throws<ArgumentNullException>("validation", () => stopping.Fit(new Source(), null!));
    }

    private sealed class Source : ILabeledDataSource
    {
        public Func<long, Tensor> Inputs { get; init; } = count => rand(count, 4);

        public Func<long, Tensor> Labels { get; init; } = count => zeros(count, ScalarType.Int64);

        public Func<long>? Counted { get; init; }

        public long Count { get => Counted?.Invoke() ?? field; init; } = 6;

        public Tensor ReadInputs(Tensor indices) => Inputs(indices.size(0));

        public Tensor ReadLabels(Tensor indices) => Labels(indices.size(0));
    }
}
