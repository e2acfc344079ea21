using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The diagonal of a classifier's Fisher information: for each parameter the mean over samples x of the expectation of
/// (∂ log p(y | x)/∂θ)², y distributed as the network says.
/// </summary>
/// <remarks>
/// Samples go through the network one by one, in evaluation mode: the square of a batch's mean gradient is about as many times
/// smaller as the batch has samples.
/// </remarks>
public static class FisherInformation
{
    /// <summary>Measures it.</summary>
    /// <param name="model">From inputs [1, ...] to logits [1, K]. Its parameters, their gradients and every module's mode stay as
    /// they are.</param>
    /// <param name="arena">Its parameters.</param>
    /// <param name="data">Inputs; labels are not read.</param>
    /// <param name="samples">How many of them, chosen without repetition; 0, or more than there are, for all.</param>
    /// <param name="sampled">Whether one label is drawn for each sample, in place of the expectation over all K.</param>
    /// <param name="seed">Of the choice of samples and of labels.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="view">What is done to inputs before the network sees them; null for nothing.</param>
    /// <returns>[P]: what is trained, in the order of the arena, zeros between parameters; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">The network does not return a row of logits for a sample.</exception>
    public static Tensor Diagonal(
        nn.Module<Tensor, Tensor> model, ParameterArena arena, IDataSource data, long samples, bool sampled, long seed,
        Device device, Func<Tensor, Tensor>? view = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Count, 1, nameof(data));
        var before = new ModuleModes(model);
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var stream = new RandomStream(seed, "Fisher information");
            var learned = model.parameters().Where(parameter => parameter.requires_grad).ToList<Tensor>();
            var information = arena.NewTwin();
            long count = samples == 0 ? data.Count : Math.Min(samples, data.Count);
            var order = randperm(data.Count, ScalarType.Int64, generator: stream.At(0)).narrow(0, 0, count);
            for (long i = 0; i < count; i++)
            {
                using var ofSample = NewDisposeScope();
                var input = DataTransfer.To(data.ReadInputs(order.narrow(0, i, 1)), device);
                if (view is not null) input = view(input);
                using var derives = enable_grad();
                var logProbabilities = Row(model.forward(input)).log_softmax(0);
                AddSample(information, learned, logProbabilities, sampled ? stream.OnHost(i + 1) : null);
            }

            using var noGrad = no_grad();
            return Aten.div_(information, count);
        }
        finally
        {
            before.Restore();
        }
    }

    private static Tensor Row(Tensor logits) => logits.dim() == 2 && logits.size(0) == 1 ? logits[0]
        : throw new DataMismatchException(
            $"The information of classes needs logits [1, K] of a sample, but the network returns "
            + $"[{string.Join(", ", logits.shape)}].");

    private static void AddSample(
        Tensor information, IList<Tensor> learned, Tensor logProbabilities, HostRandom? random)
    {
        double[] probabilities = Probabilities(logProbabilities);
        long drawn = random is null ? -1 : Draw(probabilities, random.Uniform());
        for (long label = 0; label < probabilities.Length; label++)
        {
            if (random is not null && label != drawn) continue;
            using var ofLabel = NewDisposeScope();
            var gradients = autograd.grad(
                [logProbabilities[label]], learned, retain_graph: random is null && label < probabilities.Length - 1,
                allow_unused: true);
            using var noGrad = no_grad();
            for (int i = 0; i < learned.Count; i++)
            {
                // A parameter that the logits do not depend on.
                if (gradients[i] is null || gradients[i].IsInvalid) continue;
                var place = information.narrow(0, learned[i].storage_offset(), learned[i].numel());
                var squares = Aten.pow(gradients[i].reshape(-1), 2);
                Aten.add_(place, squares, random is null ? probabilities[label] : 1);
            }
        }
    }

    private static double[] Probabilities(Tensor logProbabilities)
    {
        using var noGrad = no_grad();
        using var probabilities = logProbabilities.detach().exp().to(ScalarType.Float64).cpu().contiguous();
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(probabilities.bytes).ToArray();
    }

    private static long Draw(double[] probabilities, double uniform)
    {
        double sum = 0;
        for (int label = 0; label < probabilities.Length - 1; label++)
        {
            sum += probabilities[label];
            if (uniform < sum) return label;
        }

        return probabilities.Length - 1;
    }
}
