using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>An ensemble of networks that saw drawn samples, and what each did not see.</summary>
/// <typeparam name="TNetwork">The members' declaration.</typeparam>
public sealed class Bagging<TNetwork> : IDisposable
    where TNetwork : nn.Module<Tensor, Tensor>
{
    private readonly ILabeledDataSource _data;
    private readonly IReadOnlyList<IReadOnlyList<long>> _seen;

    internal Bagging(Ensemble<TNetwork> ensemble, ILabeledDataSource data, IReadOnlyList<IReadOnlyList<long>> seen) =>
        (Ensemble, _data, _seen) = (ensemble, data, seen);

    /// <summary>The networks as one; freed with this.</summary>
    public Ensemble<TNetwork> Ensemble { get; }

    /// <summary>
    /// Each sample as the members say it that did not see it (out of bag; Breiman 1996): an estimate of the test error that needs
    /// no other data, of fewer members than the ensemble has.
    /// </summary>
    /// <param name="device">Where the members live; null for the CPU.</param>
    /// <param name="batchSize">Samples of a forward pass, at least 1.</param>
    /// <returns>Logits [M, K] of the samples that some member did not see; the caller disposes them.</returns>
    /// <exception cref="DataMismatchException">Every member saw every sample, or a sample has several
    /// labels.</exception>
    public LabelledLogits OutOfBag(Device? device = null, int batchSize = 512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        Tensor members = zeros(_data.Count, ScalarType.Float64);
        for (int member = 0; member < _seen.Count; member++)
        {
            var seen = _seen[member].ToHashSet();
            long[] others =
            [
                .. Enumerable.Range(0, (int)_data.Count).Select(place => (long)place).Where(place => !seen.Contains(place)),
            ];
            if (others.Length == 0) continue;
            foreach (long[] batch in others.Chunk(batchSize))
            {
                using var inner = NewDisposeScope();
                Tensor places = TensorMemory.Filled<long>(batch, ScalarType.Int64, batch.Length);
                Tensor logits = Ensemble.Members[member].Predict(DataTransfer.To(_data.ReadInputs(places), device ?? CPU));
                if (logits.dim() != 2)
                {
                    throw new DataMismatchException(
                        $"Out of bag are samples with a class each, logits [N, K], but these are "
                        + $"[{string.Join(", ", logits.shape)}].");
                }

                Tensor probabilities = logits.to_type(ScalarType.Float64).softmax(1).cpu();
                sum ??= zeros([_data.Count, logits.size(1)], ScalarType.Float64).MoveToOuterDisposeScope();
                sum.scatter_add_(0, places.unsqueeze(1).expand(probabilities.shape), probabilities);
                members.scatter_add_(0, places, ones(batch.Length, ScalarType.Float64));
            }
        }

        Tensor known = Aten.gt(members, 0).nonzero().flatten();
        if (sum is null || known.numel() == 0)
            throw new DataMismatchException("Every member saw every sample: train more of them, or on more samples.");
        Tensor mean = sum.index_select(0, known).div(members.index_select(0, known).unsqueeze(1));
        return new LabelledLogits(mean.log(), _data.ReadLabels(known).cpu());
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose() => Ensemble.Dispose();
}
