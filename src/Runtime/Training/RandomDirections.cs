using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Rows of length 1 that are drawn evenly from the unit sphere.</summary>
internal static class RandomDirections
{
    /// <summary>Writes v/‖v‖ of v ~ N(0, I) over each row.</summary>
    /// <param name="rows">[S, D].</param>
    /// <param name="generator">The CPU's.</param>
    public static void Fill(Tensor rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var drawn = empty(rows.shape, rows.dtype, generator.device).normal_(0, 1, generator);
        rows.copy_(drawn / drawn.norm(1, keepdim: true, p: 2));
    }
}
