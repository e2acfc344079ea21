using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Rows of length 1.</summary>
public static class RandomDirections
{
    /// <summary>Rows of a parameter that are drawn evenly from the unit sphere by a run's seed.</summary>
    /// <param name="rows">[K, D].</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What they are for: other purposes have other directions.</param>
    public static void Start(Tensor rows, long seed, string purpose)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var noGrad = no_grad();
        using var stream = new RandomStream(seed, purpose);
        Fill(rows, stream.At(0));
    }

    /// <summary>Divides each row by its length.</summary>
    /// <param name="rows">[K, D], of which no row is 0.</param>
    public static void Normalize(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        rows.copy_(rows.div(rows.norm(1, keepdim: true, p: 2)));
    }

    /// <summary>Writes v/‖v‖ of v ~ N(0, I) over each row.</summary>
    /// <param name="rows">[S, D].</param>
    /// <param name="generator">The CPU's.</param>
    internal static void Fill(Tensor rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var drawn = empty(rows.shape, rows.dtype, generator.device).normal_(0, 1, generator);
        rows.copy_(drawn / drawn.norm(1, keepdim: true, p: 2));
    }
}
