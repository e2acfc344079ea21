using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a network returns for samples, a batch after the other: in evaluation mode, without gradients. Several threads
/// may call it at once.</summary>
/// <param name="network">The network, of inputs [N, ...] and outputs [N, K].</param>
/// <param name="arena">Its parameters, which say where it is and in what precision.</param>
internal sealed class BatchPredictor(nn.Module<Tensor, Tensor> network, ParameterArena arena)
{
    private readonly EvaluationGate _gate = new(network);

    /// <summary>The type of the network's numbers.</summary>
    public ScalarType Type => arena.Values.dtype;

    /// <exception cref="ObjectDisposedException">The network is disposed.</exception>
    public void RequireAlive() => ObjectDisposedException.ThrowIf(arena.IsDisposed, network);

    /// <summary>A result for each sample.</summary>
    /// <param name="samples">How many there are.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <param name="outputs">K, the numbers that the network returns for each.</param>
    /// <param name="name">The data set, for messages.</param>
    /// <param name="inputs">Inputs from the first sample on, as many as asked for: [N, ...] on the CPU.</param>
    /// <param name="read">Makes a result of the K numbers.</param>
    /// <exception cref="DataMismatchException">The network returns another shape.</exception>
    public T[] Run<T>(
        int samples, int batchSize, int outputs, string name, Func<int, int, Tensor> inputs, Func<ReadOnlySpan<double>, T> read)
    {
        using var held = arena.Enter();
        var predictions = new T[samples];
        using var pass = _gate.Enter();
        using var noGrad = no_grad();
        for (int first = 0; first < samples; first += batchSize)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(batchSize, samples - first);
            var result = network.forward(inputs(first, count).to(arena.Values.device));
            if (!result.shape.AsSpan().SequenceEqual([count, outputs]))
            {
                throw new DataMismatchException($"{network.GetName()} returned [{string.Join(", ", result.shape)}] for {count} "
                    + $"rows, but {name} needs [{count}, {outputs}].");
            }

            double[] numbers = TensorMemory.Doubles(result);
            for (int row = 0; row < count; row++) predictions[first + row] = read(numbers.AsSpan(row * outputs, outputs));
        }

        return predictions;
    }
}
