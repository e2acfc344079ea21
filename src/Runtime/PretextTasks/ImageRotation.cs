using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Quarter turns of images, and by how much each was turned.</summary>
public static class ImageRotation
{
    /// <summary>How many quarter turns differ.</summary>
    public const int Turns = 4;

    /// <summary>Every image turned by 0, 1, 2 and 3 quarters, counterclockwise.</summary>
    /// <param name="images">[N, C, H, H].</param>
    /// <returns>[4N, C, H, H], those of no turn first; the caller frees it.</returns>
    public static Tensor All(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor[] turned = [.. Enumerable.Range(0, Turns).Select(turns => rot90(images, turns, (2, 3)))];
        return cat(turned, 0).MoveToOuterDisposeScope();
    }

    /// <summary>How many quarters each image of <see cref="All"/> was turned.</summary>
    /// <param name="images">[N, ...].</param>
    /// <returns>[4N] int64, N zeros first; the caller frees it.</returns>
    public static Tensor Answers(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var turns = Aten.arange(0, Turns, images.device);
        return turns.repeat_interleave(images.size(0));
    }
}
