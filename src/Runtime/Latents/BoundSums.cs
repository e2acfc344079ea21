using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What bounds on a likelihood have in common: means of terms over data and draws, and the importance-weighted
/// bound.</summary>
internal static class BoundSums
{
    private const int BatchSize = 512;

    /// <summary>Means over the data, batch by batch in order.</summary>
    /// <param name="terms">Of samples [N, ...], their places in the data and a sampler: −log p(x|z), further terms, and
    /// log p(z) − log q(z|x) at a z that is drawn, [N, K].</param>
    /// <param name="data">Samples, at least one.</param>
    /// <param name="draws">Draws of z for each sample, at least 1.</param>
    /// <param name="stream">Where the random numbers come from.</param>
    /// <param name="type">Their type.</param>
    /// <param name="device">Where the networks live.</param>
    /// <returns>The mean of each term, and of log of the mean of p(x, z)/q(z|x) over the draws.</returns>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    public static (double[] Means, double Weighted) Of(
        Func<Tensor, Tensor, DrawSampler, Tensor> terms, IDataSource data, int draws, RandomStream stream, ScalarType type,
        Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        long count = data.Count;
        if (count < 1) throw new InvalidOperationException($"There is no sample to evaluate: the data tell {count}.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sums = new EvaluationSums(device);
        long drawn = 0;
        for (long first = 0; first < count; first += BatchSize)
        {
            using var batch = NewDisposeScope();
            var places = Aten.arange(first, Math.Min(first + BatchSize, count));
            var input = DataTransfer.To(data.ReadInputs(places), device);
            var weights = new Tensor[draws];
            for (int draw = 0; draw < draws; draw++)
            {
                var numbers = terms(input, places, new DrawSampler(stream, drawn++, type, device)).to_type(ScalarType.Float64);
                sums.Add("terms", numbers.sum(0L));
                weights[draw] = numbers.select(1, numbers.size(1) - 1) - numbers.select(1, 0);
            }

            sums.Add("weights", stack(weights, 0).logsumexp(0).sum());
        }

        using var means = Aten.div(sums.Tensor("terms"), (double)count * draws).cpu();
        return (means.data<double>().ToArray(), (sums["weights"] / count) - Math.Log(draws));
    }
}
