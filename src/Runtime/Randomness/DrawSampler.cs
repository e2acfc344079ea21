using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples the random numbers of one step, one after another, from the trainer's stream.</summary>
/// <param name="stream">Where they come from.</param>
/// <param name="step">The step, from 0.</param>
/// <param name="type">The type of numbers that are not whole: that of the network.</param>
/// <param name="device">Where they go. What the stream draws elsewhere is copied there; nothing waits for the device.</param>
public sealed class DrawSampler(RandomStream stream, long step, ScalarType type, Device device)
{
    private readonly Generator _generator = stream.At(step);
    private readonly HostRandom _host = stream.OnHost(step);

    /// <summary>Whole numbers drawn evenly from 0, ..., <paramref name="bound"/> − 1.</summary>
    /// <param name="bound">One more than the largest, at least 1.</param>
    /// <param name="sizes">The size of each dimension.</param>
    /// <returns>int64.</returns>
    public Tensor Integers(long bound, params long[] sizes) =>
        Placed(randint(0, bound, sizes, ScalarType.Int64, _generator.device, generator: _generator));

    /// <summary>Whole numbers drawn, each on its own, in proportion to a power of how often they come.</summary>
    /// <param name="counts">[V], not negative and not all 0: how often 0, ..., V − 1 come, or in what proportion. On another
    /// device than the CPU it is waited for.</param>
    /// <param name="exponent">The power, at least 0; what never comes is never drawn, whatever the power.</param>
    /// <param name="sizes">The size of each dimension.</param>
    /// <returns>int64.</returns>
    public Tensor ByCounts(Tensor counts, double exponent, params long[] sizes)
    {
        ArgumentNullException.ThrowIfNull(counts);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var exact = counts.to(_generator.device).to_type(ScalarType.Float64);
        var weights = Aten.pow(exact, exponent).mul(Aten.gt(exact, 0).to_type(ScalarType.Float64));
        var ends = weights.cumsum(0);
        var places = empty(sizes, ScalarType.Float64, _generator.device).uniform_(0, 1, _generator).mul(ends[^1]);

        // Rounding may bring a place to the very end: it is of the last number that comes.
        var last = Aten.gt(weights, 0).nonzero().max();
        return Placed(minimum(searchsorted(ends, places, right: true), last)).MoveToOuterDisposeScope();
    }

    /// <summary>Numbers drawn evenly from [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The smallest number.</param>
    /// <param name="high">The bound above, at least <paramref name="low"/>.</param>
    /// <param name="sizes">The size of each dimension.</param>
    public Tensor Uniform(double low, double high, params long[] sizes) => Placed(Empty(sizes).uniform_(low, high, _generator));

    /// <summary>Numbers of the standard normal distribution.</summary>
    /// <param name="sizes">The size of each dimension.</param>
    public Tensor Normal(params long[] sizes) => Placed(Empty(sizes).normal_(0, 1, _generator));

    /// <summary>Events that happen, each on its own, with a probability.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <param name="sizes">The size of each dimension.</param>
    /// <returns>bool.</returns>
    public Tensor Events(double probability, params long[] sizes) =>
        Placed(empty(sizes, ScalarType.Bool, _generator.device).bernoulli_(probability, _generator));

    /// <summary>0, ..., <paramref name="count"/> − 1 in random order.</summary>
    /// <param name="count">How many.</param>
    /// <returns>[count], int64.</returns>
    public Tensor Permutation(long count) => Placed(randperm(count, ScalarType.Int64, _generator.device, generator: _generator));

    /// <summary>One number of the beta distribution, drawn on the host.</summary>
    /// <param name="alpha">First shape, above 0.</param>
    /// <param name="beta">Second shape, above 0.</param>
    /// <returns>A tensor without dimensions, in [0, 1].</returns>
    public Tensor Beta(double alpha, double beta) => Aten.full([], _host.Beta(alpha, beta), type, device);

    /// <summary>A number of the beta distribution for each sample, drawn on the host.</summary>
    /// <param name="alpha">First shape, above 0.</param>
    /// <param name="beta">Second shape, above 0.</param>
    /// <param name="samples">How many.</param>
    /// <returns>[samples], in [0, 1].</returns>
    public Tensor Betas(double alpha, double beta, long samples)
    {
        var numbers = new double[samples];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = _host.Beta(alpha, beta);
        return FromHost(numbers, samples);
    }

    /// <summary>Weights of the Dirichlet distribution with equal parameters for each sample, drawn on the host.</summary>
    /// <param name="alpha">The parameters, above 0.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="weights">How many weights for each.</param>
    /// <returns>[samples, weights], not negative, each row of sum 1.</returns>
    public Tensor Dirichlet(double alpha, long samples, long weights)
    {
        var numbers = new double[samples * weights];
        for (var i = 0; i < samples; i++) _host.Dirichlet(alpha, numbers.AsSpan((int)(i * weights), (int)weights));
        return FromHost(numbers, samples, weights);
    }

    /// <summary>Refuses random numbers that are not those of a batch: what broadcasts would train without a word.</summary>
    /// <param name="name">The member of the draws.</param>
    /// <param name="draw">What came.</param>
    /// <param name="samples">The samples of the batch; null for a draw of the whole batch, without dimensions.</param>
    /// <exception cref="DataMismatchException">They are for another number of samples.</exception>
    public static void Require(string name, Tensor draw, long? samples = null)
    {
        BatchPart.Require(draw, name);
        bool fits = samples is { } count ? draw.dim() > 0 && draw.size(0) == count : draw.dim() == 0;
        if (fits) return;
        throw new DataMismatchException(
            $"The draws have '{name}' [{string.Join(", ", draw.shape)}], but the batch takes "
            + $"{(samples is null ? "a single number" : $"one for each of its {samples} samples")}: sample them for this "
            + "batch, SampleDraws(batch).");
    }

    private Tensor FromHost(double[] numbers, params long[] sizes) => Placed(tensor(numbers, sizes, type));

    private Tensor Empty(long[] sizes) => empty(sizes, type, _generator.device);

    private Tensor Placed(Tensor drawn) => DataTransfer.Moved(drawn, device);
}
