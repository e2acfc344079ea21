using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A network that is asked step by step about what environments show, and remembers.</summary>
/// <param name="network">From observations [M, ...] and memories [M, S] to logits [M, K], values [M, 1] and the next
/// memories.</param>
/// <param name="environment">Where it acts, in M copies.</param>
/// <param name="memories">What is remembered, [M, S] float32 on the CPU, 0 where an episode begins; changed as steps go
/// on.</param>
/// <param name="type">The type of the network's numbers.</param>
/// <param name="device">Where the network is.</param>
internal sealed class RememberingPolicy(
    Func<Tensor, Tensor, (Tensor Logits, Tensor Value, Tensor Memory)> network, VectorEnvironment<float[], int> environment,
    Tensor memories, ScalarType type, Device device)
{
    private readonly BoxSpace _observation = environment.Observations as BoxSpace
        ?? throw new DataMismatchException("A network takes observations of a BoxSpace: put OneHotObservation around states.");

    private readonly int _actions = environment.Actions is DiscreteSpace { Count: var actions } ? actions
        : throw new DataMismatchException("The actions are no DiscreteSpace, and the network has an output for each.");

    /// <summary>How many numbers an observation has.</summary>
    public int Width => _observation.Count;

    /// <summary>Asks about what each copy shows at present.</summary>
    /// <param name="remembers">Whether the next memories stay.</param>
    public (double[][] Logits, double[] Values) Ask(bool remembers) => Ask(
        [.. Enumerable.Range(0, environment.Count).SelectMany(environment.Observation)], remembers);

    /// <summary>Asks about something else that each copy showed.</summary>
    /// <param name="observations">One after another.</param>
    /// <param name="remembers">Whether the next memories stay.</param>
    public (double[][] Logits, double[] Values) Ask(float[] observations, bool remembers)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int copies = environment.Count;
        Tensor seen = tensor(observations, [copies, .. _observation.Shape]).to(type, device);
        var (logits, value, memory) = network(seen, memories.to(type, device, copy: true));
        Require(logits, copies, _actions, "a logit for each action");
        Require(value, copies, 1, "a value");
        Require(memory, copies, memories.size(1), "the next memory");
        if (remembers) memories.copy_(memory);
        return ([.. Numbers(logits).Chunk(_actions)], Numbers(value));
    }

    /// <summary>Forgets everything of a copy, whose episode is over.</summary>
    /// <param name="copy">From 0.</param>
    public void Forget(int copy)
    {
        using var row = memories.select(0, copy);
        row.zero_();
    }

    private static double[] Numbers(Tensor tensor) =>
        MemoryMarshal.Cast<byte, double>(tensor.to(ScalarType.Float64, CPU).contiguous().bytes).ToArray();

    private static void Require(Tensor given, long rows, long columns, string what)
    {
        if (given.shape.AsSpan().SequenceEqual([rows, columns])) return;
        throw new DataMismatchException(
            $"The network returns [{string.Join(", ", given.shape)}] for {rows} observations, where [{rows}, {columns}] is "
            + $"expected: {what}.");
    }
}
