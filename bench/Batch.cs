using static TorchSharp.torch;

namespace Bench;

/// <summary>What a step reads.</summary>
/// <param name="Parts">Inputs first; a workload says what follows.</param>
/// <param name="Draws">The random numbers of the step, where they are given so that all sides have the same ones; null where
/// every side draws its own.</param>
internal sealed record Batch(Tensor[] Parts, Tensor[]? Draws = null)
{
    // As many as the PyTorch side keeps: the data comes from memory, not from the cache of one batch.
    private const int Count = 16;

    /// <summary>The inputs.</summary>
    public Tensor Input => Parts[0];

    /// <summary>Classes, tokens or actions.</summary>
    public Tensor Label => Parts[1];

    /// <summary>Inputs without labels.</summary>
    public Tensor Unlabeled => Parts[2];

    /// <summary>Random inputs of 10 classes.</summary>
    public static Batch[] OfClasses(int samples, params long[] shape) =>
        Create(() => new Batch([rand([samples, .. shape]), Classes(samples)]));

    /// <summary>Random inputs alone.</summary>
    public static Batch[] OfInputs(int samples, params long[] shape) => Create(() => new Batch([rand([samples, .. shape])]));

    /// <summary>Random inputs of 10 classes, and others without labels.</summary>
    public static Batch[] OfFewLabels(int samples, int unlabeled, params long[] shape) =>
        Create(() => new Batch([rand([samples, .. shape]), Classes(samples), rand([unlabeled, .. shape])]));

    /// <summary>Random tokens, and the ones that follow them.</summary>
    public static Batch[] OfTokens(int vocabulary, int samples, int length)
    {
        return Create(() => new Batch([Tokens(), Tokens()]));

        Tensor Tokens() => randint(0, vocabulary, [samples, length], ScalarType.Int64);
    }

    /// <summary>Random transitions of a task with two actions: states [N, 4], actions, rewards, next states, whether it was
    /// over.</summary>
    public static Batch[] OfTransitions(int samples) => Create(() => new Batch(
    [
        rand(samples, 4), randint(0, 2, [samples], ScalarType.Int64), rand(samples), rand(samples, 4),
        (rand(samples) < 0.1).to(ScalarType.Float32),
    ]));

    /// <summary>One random graph with the sizes of Cora: nodes of 1,433 features of which 18 are not 0 in the mean, classes of
    /// 140 nodes (-100 for the rest), edges in both directions [2, 10858].</summary>
    public static Batch[] OfGraph()
    {
        const int nodes = 2708, features = 1433, edges = 5429, known = 140;
        var labels = full([nodes], -100, ScalarType.Int64);
        labels.narrow(0, 0, known).copy_(randint(0, 7, [known], ScalarType.Int64));
        var from = randint(0, nodes, [edges], ScalarType.Int64);

        // Never to itself.
        var to = (from + randint(1, nodes, [edges], ScalarType.Int64)).remainder(nodes);
        var both = stack([cat([from, to]), cat([to, from])]);
        return [new Batch([(rand(nodes, features) < 18.0 / features).to(ScalarType.Float32), labels, both])];
    }

    private static Tensor Classes(int samples) => randint(0, 10, [samples], ScalarType.Int64);

    private static Batch[] Create(Func<Batch> create) => [.. Enumerable.Range(0, Count).Select(_ => create())];
}
