using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What every part of a batch is before an operator sees it: there, not freed, dense, in a memory.</summary>
internal static class BatchPart
{
    /// <summary>Refuses what no operator can read.</summary>
    /// <param name="part">What came.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ObjectDisposedException">It is freed.</exception>
    /// <exception cref="DataMismatchException">It is sparse, or has a shape alone.</exception>
    public static void Require(Tensor? part, string name)
    {
        if (part is null)
            throw new ArgumentNullException(name, "A batch has every part that its trainer declares, and this one is null.");
        if (part.IsInvalid)
        {
            throw new ObjectDisposedException(
                name, "The tensor is freed. A trainer frees the batches that it reads itself: give it a new tensor each time, "
                + "such as clone().");
        }

        if (part.is_sparse) throw new DataMismatchException($"'{name}' is a sparse tensor: give a dense one, to_dense().");
        if (part.device_type == DeviceType.META)
            throw new DataMismatchException($"'{name}' is a tensor without numbers, on the device 'meta'.");
    }
}
