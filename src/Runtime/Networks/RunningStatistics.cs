using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Running statistics of batch normalisations that are measured anew, because no training has gathered them.</summary>
public static class RunningStatistics
{
    /// <summary>
    /// Replaces running means and variances by the plain means of those of the batches of one pass over the data, each of as many
    /// samples as the others (Izmailov et al. 2018, arXiv 1803.05407, section 3.2). Other buffers stay, and so does the mode.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">Its normalisations: the names of the buffers, and how much of them a batch gives, of (0, 1].</param>
    /// <param name="sampler">The batches; one pass is made.</param>
    /// <param name="forward">A pass of the network over the samples of such indices.</param>
    /// <exception cref="ArgumentException">A name is that of no buffer.</exception>
    public static void Measure(
        nn.Module network, IReadOnlyList<(string Mean, string Variance, double Momentum)> layers, EpochSampler sampler,
        Func<Tensor, Tensor> forward)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(forward);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var mode = new TrainingMode(network);
        var buffers = network.named_buffers().ToDictionary(entry => entry.name, entry => entry.buffer);
        var gathered = layers.SelectMany(layer => new[] { (layer.Mean, layer.Momentum), (layer.Variance, layer.Momentum) })
            .Select(part => (Buffer: Find(part.Item1), Sum: zeros_like(Find(part.Item1)), part.Momentum)).ToList();
        var others = buffers.Values.Where(buffer => gathered.All(part => !ReferenceEquals(part.Buffer, buffer)))
            .Select(buffer => (Buffer: buffer, Kept: buffer.clone())).ToList();
        for (long batch = 0; batch < sampler.BatchesPerEpoch; batch++)
        {
            // From 0 a batch leaves its own statistics times the momentum.
            foreach (var (buffer, _, _) in gathered) buffer.zero_();
            using var indices = sampler.Indices(batch);
            forward(indices).Dispose();
            foreach (var (buffer, sum, momentum) in gathered) Aten.add_(sum, buffer, 1 / momentum);
        }

        foreach (var (buffer, sum, _) in gathered) buffer.copy_(Aten.mul_(sum, 1.0 / sampler.BatchesPerEpoch));
        foreach (var (buffer, kept) in others) buffer.copy_(kept);

        Tensor Find(string name) => buffers.TryGetValue(name, out var buffer) ? buffer
            : throw new ArgumentException($"{network.GetType().Name} has no buffer '{name}'.", nameof(layers));
    }
}
