using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Targets that a prediction is compared with, element by element.</summary>
public static class Targets
{
    /// <summary>Targets in the shape and the number type of a prediction.</summary>
    /// <param name="targets">The prediction's shape, or [N] for a prediction [N, 1]; any number type.</param>
    /// <param name="prediction">[N, ...].</param>
    /// <returns>A tensor of its own, which may share the targets' memory; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">The shape is another one: [N] and [N, 1] would broadcast to [N, N] unnoticed.</exception>
    public static Tensor Like(Tensor targets, Tensor prediction)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(prediction);
        long[] shape = prediction.shape;
        bool isColumn = shape.Length == 2 && shape[1] == 1 && targets.shape.AsSpan().SequenceEqual(shape.AsSpan(0, 1));
        if (!isColumn && !targets.shape.AsSpan().SequenceEqual(shape))
        {
            throw new InvalidOperationException(
                $"The targets are [{string.Join(", ", targets.shape)}], but the model predicts [{string.Join(", ", shape)}]: give targets of that shape.");
        }

        using var shaped = targets.reshape(shape);
        return shaped.dtype == prediction.dtype ? shaped.alias() : shaped.to_type(prediction.dtype);
    }
}
