using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How likely images are to a model that tells their probability exactly.</summary>
/// <param name="NegativeLogLikelihood">The mean of −log p(x), in nats an image.</param>
/// <param name="BitsPerDimension">The same in bits for each number of an image (van den Oord et al. 2016, arXiv 1601.06759,
/// section 5.2).</param>
/// <param name="Count">Number of images.</param>
public readonly record struct PixelLikelihood(double NegativeLogLikelihood, double BitsPerDimension, long Count) : IEvaluation
{
    private const int BatchSize = 512;

    /// <summary><see cref="NegativeLogLikelihood"/>.</summary>
    public double Loss => NegativeLogLikelihood;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("loss", Loss), ("bitsPerDimension", BitsPerDimension)];

    /// <summary>The likelihood of data, batch by batch in order. Training is not affected.</summary>
    /// <param name="losses">−log p(x) of images [N, ...], [N].</param>
    /// <param name="data">Images, at least one.</param>
    /// <param name="device">Where the network lives.</param>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    /// <exception cref="DataMismatchException">The images are not what the network takes.</exception>
    public static PixelLikelihood Of(Func<Tensor, Tensor> losses, IDataSource data, Device device)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(data);
        return Of((input, _) => losses(input), data, device);
    }

    /// <summary>The likelihood of data whose labels the network is given, −log p(x|y). Training is not affected.</summary>
    /// <param name="losses">−log p(x|y) of images [N, ...] and their labels [N], [N].</param>
    /// <param name="data">Images with labels, at least one.</param>
    /// <param name="device">Where the network lives.</param>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    /// <exception cref="DataMismatchException">The images or labels are not what the network takes.</exception>
    public static PixelLikelihood Of(Func<Tensor, Tensor, Tensor> losses, ILabeledDataSource data, Device device)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(data);
        return Of((input, places) => losses(input, DataTransfer.To(data.ReadLabels(places), device)), (IDataSource)data, device);
    }

    // The losses are told the places of the images, too.
    private static PixelLikelihood Of(Func<Tensor, Tensor, Tensor> losses, IDataSource data, Device device)
    {
        long count = data.Count;
        if (count < 1) throw new InvalidOperationException($"There is no image to evaluate: the data tell {count}.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sums = new EvaluationSums(device);
        long dimensions = 0;
        for (long first = 0; first < count; first += BatchSize)
        {
            using var batch = NewDisposeScope();
            var places = Aten.arange(first, Math.Min(first + BatchSize, count));
            var input = DataTransfer.To(data.ReadInputs(places), device);
            sums.Add("losses", losses(input, places).to_type(ScalarType.Float64).sum());
            dimensions = input.numel() / input.size(0);
        }

        double mean = sums["losses"] / count;
        return new PixelLikelihood(mean, mean / (dimensions * Math.Log(2)), count);
    }

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
