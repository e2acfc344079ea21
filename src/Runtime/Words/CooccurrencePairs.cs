using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Two words that stand near each other, and how often: what GloVe learns from. The first word is the input [1], the
/// second has the name <c>other</c>, and the label is the count.</summary>
public sealed class CooccurrencePairs : ILabeledDataSource, IFurtherInputs, IDisposable
{
    private readonly Tensor _first;
    private readonly Tensor _second;
    private readonly Tensor _counts;

    /// <summary>The pairs of words with a count above 0, each in both orders.</summary>
    /// <param name="counts">Of neighbours; GloVe's authors weigh them by <see cref="NeighborWeighting.Harmonic"/>.</param>
    /// <exception cref="ArgumentException">No two words stand near each other.</exception>
    public CooccurrencePairs(CooccurrenceCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.PairCount == 0) throw new ArgumentException("No two words stand near each other.", nameof(counts));
        Vocabulary = counts.Vocabulary;
        (_first, _second, _counts) = counts.Pairs();
    }

    /// <summary>Whose numbers words are.</summary>
    public WordVocabulary Vocabulary { get; }

    /// <summary>How many pairs there are.</summary>
    public long Count => DisposedData.Require(_counts, this).size(0);

    /// <summary>The logarithms of counts.</summary>
    /// <param name="counts">[N], above 0.</param>
    /// <returns>[N]; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">A count on the CPU is not above 0. (On a GPU they are not looked for.)</exception>
    public static Tensor Logarithms(Tensor counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        using var noGrad = no_grad();
        if (counts.device_type == DeviceType.CPU)
        {
            using var least = counts.min();
            double number = Aten.item(least);
            if (!(number > 0))
            {
                throw new DataMismatchException(
                    $"A count is {number}, which has no logarithm: give pairs of words that stand near each other alone.");
            }
        }

        return counts.log();
    }

    /// <summary>What errors count, min(1, x/M)^a.</summary>
    /// <param name="counts">x, [N].</param>
    /// <param name="maximum">M.</param>
    /// <param name="exponent">a.</param>
    /// <returns>[N]; the caller frees it.</returns>
    public static Tensor Weights(Tensor counts, double maximum, double exponent)
    {
        ArgumentNullException.ThrowIfNull(counts);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.pow(Aten.clamp(Aten.div(counts, maximum), 0, 1), exponent).MoveToOuterDisposeScope();
    }

    /// <summary>The first words, [B, 1] int64.</summary>
    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Select(_first, indices);

    /// <summary>The second words, [B, 1] int64, under the name <c>other</c>.</summary>
    /// <inheritdoc/>
    public Tensor ReadInput(string name, Tensor indices) => name == "other" ? Select(_second, indices)
        : throw new ArgumentException($"There is no input '{name}', but other.", nameof(name));

    /// <summary>How often both stand near each other, [B] float32.</summary>
    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => Select(_counts, indices);

    /// <summary>Frees the pairs.</summary>
    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _counts.Dispose();
    }

    private Tensor Select(Tensor all, Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return DisposedData.Require(all, this).index_select(0, indices);
    }
}
