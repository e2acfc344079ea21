using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A pass in training mode that normalises by its own batch and leaves no trace in the running statistics: those of inputs that
/// are disturbed, or without labels, are not those of the inputs that the network is evaluated on.
/// </summary>
public static class KeptStatistics
{
    /// <summary>Computes something of a network and gives its buffers their values back.</summary>
    /// <param name="model">The network.</param>
    /// <param name="compute">What is computed.</param>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    public static TResult During<TResult>(nn.Module model, Func<TResult> compute)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(compute);
        var buffers = model.buffers().ToList();
        var kept = new List<Tensor>(buffers.Count);
        try
        {
            using (no_grad())
            {
                foreach (var buffer in buffers) kept.Add(buffer.clone().DetachFromDisposeScope());
            }

            return compute();
        }
        finally
        {
            using (no_grad())
            {
                for (int i = 0; i < kept.Count; i++)
                {
                    // A backward pass that follows reads none of them, though autograd has them among its inputs.
                    using var memory = Aten.data(buffers[i]);
                    memory.copy_(kept[i]);
                    kept[i].Dispose();
                }
            }
        }
    }
}
