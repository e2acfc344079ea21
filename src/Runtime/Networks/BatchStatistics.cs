using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The batches that a batch normalisation has learned its statistics from.</summary>
public static class BatchStatistics
{
    /// <summary>Counts a training batch, unless it has one value for each channel: the variance of that is 0/0, which would stay
    /// in the running statistics for good.</summary>
    /// <param name="counter">The number of batches, without dimensions, int64.</param>
    /// <param name="batch">What is normalised, [N, C, ...].</param>
    /// <exception cref="DataMismatchException">One value for each channel.</exception>
    public static void Count(Tensor counter, Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.numel() == batch.size(1))
        {
            throw new DataMismatchException(
                $"Batch normalisation was given [{string.Join(", ", batch.shape)}] in training: one value for each channel has "
                + "no "
                + "variance. Train on batches of two samples or more; [BatchSize(..., DropLast = true)] leaves out a last batch "
                + "that is smaller.");
        }

        Aten.increment_(counter);
    }
}
