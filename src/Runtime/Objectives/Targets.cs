using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Targets that a prediction is compared with, element by element.</summary>
public static class Targets
{
    /// <summary>Refuses targets that are not those of a batch, before anything is computed from them.</summary>
    /// <param name="trainer">The trainer's name.</param>
    /// <param name="name">The member of the batch.</param>
    /// <param name="targets">What came: [N, <paramref name="sizes"/>], or [N] where that is [N, 1].</param>
    /// <param name="samples">N: the samples of the batch.</param>
    /// <param name="sizes">The sizes behind N; negative where they are free.</param>
    /// <exception cref="DataMismatchException">Another shape, or complex numbers.</exception>
    public static void Require(string trainer, string name, Tensor targets, long samples, params ReadOnlySpan<long> sizes)
    {
        BatchPart.Require(targets, name);
        bool isColumn = sizes is [1] && targets.dim() == 1;
        bool fits = !targets.is_complex() && targets.dim() == (isColumn ? 1 : sizes.Length + 1) && targets.size(0) == samples;
        for (int i = 0; fits && !isColumn && i < sizes.Length; i++) fits = sizes[i] < 0 || targets.size(i + 1) == sizes[i];
        if (!fits)
        {
            var declared = sizes.ToArray().Select(size => size < 0 ? "any" : size.ToString(CultureInfo.InvariantCulture));
            throw new DataMismatchException(
                $"{trainer} takes '{name}' [{string.Join(", ", [$"{samples}", .. declared])}] of real numbers for "
                + $"{samples} samples, but was given [{string.Join(", ", targets.shape)}] of {targets.dtype}.");
        }
    }

    /// <summary>Targets in the shape and the number type of a prediction.</summary>
    /// <param name="targets">The prediction's shape, or [N] for a prediction [N, 1]; any number type.</param>
    /// <param name="prediction">[N, ...].</param>
    /// <returns>A tensor of its own, which may share the targets' memory, or in a step the targets themselves; the caller frees
    /// it by <see cref="StepValues.Free"/>.</returns>
    /// <exception cref="InvalidOperationException">The shape is another one: [N] and [N, 1] would broadcast to [N, N]
    /// unnoticed.</exception>
    public static Tensor Like(Tensor targets, Tensor prediction)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(prediction);
        if (StepMemory.TryBorrow(targets, prediction)) return targets;
        long[] shape = prediction.shape;
        bool isColumn = shape.Length == 2 && shape[1] == 1 && targets.shape.AsSpan().SequenceEqual(shape.AsSpan(0, 1));
        if (!isColumn && !targets.shape.AsSpan().SequenceEqual(shape))
        {
            throw new InvalidOperationException(
                $"The targets are [{string.Join(", ", targets.shape)}], but the model predicts [{string.Join(", ", shape)}]: "
                + $"give targets of that shape.");
        }

        using var shaped = targets.reshape(shape);
        return shaped.dtype == prediction.dtype ? shaped.alias() : shaped.to_type(prediction.dtype);
    }
}
