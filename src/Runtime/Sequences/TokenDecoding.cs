using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How the next token is chosen of what a language model tells: the most likely one, or one drawn of a distribution
/// that is sharpened and cut off. First the temperature, then <see cref="TopK"/>, then <see cref="TopP"/> of what is
/// left.</summary>
public sealed record TokenDecoding
{
    /// <summary>The most likely token, the first of equally likely ones.</summary>
    public static TokenDecoding Greedy { get; } = new() { Temperature = 0 };

    /// <summary>τ: logits are divided by it. 1 draws of what the model tells, less of more likely tokens; 0 takes the most
    /// likely one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public double Temperature
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0.");
    } = 1;

    /// <summary>k: no token is drawn but the k likeliest, the first of equally likely ones (Fan, Lewis and Dauphin 2018, arXiv
    /// 1805.04833, section 5.1). 0 for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int TopK
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(TopK));
            field = value;
        }
    }

    /// <summary>p, in (0, 1]: no token is drawn but the fewest likeliest whose probabilities add up to p or more (nucleus
    /// sampling; Holtzman et al. 2020, arXiv 1904.09751, section 3.1). 1 for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0, 1].</exception>
    public double TopP
    {
        get;
        init => field = value is > 0 and <= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(TopP), value, "A share of the probability is in (0, 1].");
    } = 1;

    /// <summary>The probabilities that tokens are drawn with.</summary>
    /// <param name="logits">[N, V].</param>
    /// <returns>[N, V] float64, each row of sum 1; with a temperature of 0 a 1 at the likeliest token. The caller frees
    /// it.</returns>
    public Tensor Probabilities(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var exact = logits.to_type(ScalarType.Float64);
        long tokens = exact.size(1);
        if (Temperature == 0)
        {
            var likeliest = zeros_like(exact);
            likeliest.scatter_(1, First(exact), ones_like(exact));
            return likeliest.MoveToOuterDisposeScope();
        }

        var (sorted, order) = Aten.div(exact, Temperature).sort(1, descending: true, stable: true);
        var probabilities = sorted.softmax(1);
        if (TopK > 0 && TopK < tokens)
        {
            probabilities.narrow(1, TopK, tokens - TopK).zero_();
            probabilities = probabilities / probabilities.sum(1, keepdim: true);
        }

        if (TopP < 1)
        {
            // What stands before a token: it is needed while that is less than p.
            var before = probabilities.cumsum(1) - probabilities;
            probabilities = probabilities * Aten.lt(before, TopP);
            probabilities = probabilities / probabilities.sum(1, keepdim: true);
        }

        return zeros_like(exact).scatter_(1, order, probabilities).MoveToOuterDisposeScope();
    }

    /// <summary>A token for each row: the first one, in the order of their indices, below whose end of the distribution
    /// function the row's number lies.</summary>
    /// <param name="logits">[N, V].</param>
    /// <param name="numbers">[N] of [0, 1); not read with a temperature of 0.</param>
    /// <returns>[N] int64; the caller frees it.</returns>
    public Tensor Choose(Tensor logits, Tensor numbers)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(numbers);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (Temperature == 0) return First(logits).squeeze(1).MoveToOuterDisposeScope();

        // Rounding can leave the last end below 1: then it is the last token that can be drawn.
        var ends = Probabilities(logits).cumsum(1);
        var last = ends.narrow(1, ends.size(1) - 1, 1);
        var number = numbers.to_type(ScalarType.Float64).unsqueeze(1) * last;
        return ends.le(number).sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>The place of each row's largest number, the first of equal ones, [N, 1].</summary>
    private static Tensor First(Tensor logits) => logits.argmax(1, keepdim: true);
}
