using static TorchSharp.torch;

namespace Bench;

/// <summary>What a step reads; a workload takes of it what it needs.</summary>
internal readonly record struct Batch(Tensor Input, Tensor Label, Tensor Unlabeled)
{
    // As many as the PyTorch side keeps: the data comes from memory, not from the cache of one batch.
    private const int Count = 16;

    /// <summary>Random inputs of 10 classes, and twice as many without labels.</summary>
    public static Batch[] OfClasses(int samples, params long[] shape) => Create(() => new Batch(
        rand([samples, .. shape]),
        randint(0, 10, [samples], ScalarType.Int64),
        rand([2 * samples, .. shape])));

    /// <summary>Random tokens, and the ones that follow them.</summary>
    public static Batch[] OfTokens(int vocabulary, int samples, int length)
    {
        return Create(() => new Batch(Tokens(), Tokens(), Tokens()));

        Tensor Tokens() => randint(0, vocabulary, [samples, length], ScalarType.Int64);
    }

    private static Batch[] Create(Func<Batch> create) => [.. Enumerable.Range(0, Count).Select(_ => create())];
}
