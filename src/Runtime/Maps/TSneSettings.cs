namespace Dsl.Runtime;

/// <summary>The numbers of a <see cref="TSne"/>.</summary>
public sealed record TSneSettings
{
    /// <summary>How many neighbours a row minds, about: at least 1, and at most a third of the other rows.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps of the descent, at least 1.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>The factor of attraction at first, at least 1, by which groups gather before they settle.</summary>
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>How many steps have the factor, at least 0; none from a given layout.</summary>
    public int ExaggeratedIterations { get; init; } = 250;

    /// <summary>The rate of the descent, above 0; null for max(N/(4·<see cref="EarlyExaggeration"/>), 50), after Belkina et al.
    /// 2019.</summary>
    public double? LearningRate { get; init; }

    /// <summary>θ in [0, 0.7]: squares that are smaller than this share of their distance repel as one point. Of no effect on up
    /// to <see cref="TSne.ExactRows"/> rows.</summary>
    public double Theta { get; init; } = 0.5;

    /// <summary>Of a noise of 1e-6 that the start is given, so that equal rows can part.</summary>
    public long Seed { get; init; }

    /// <summary>Refuses what is out of range.</summary>
    internal void Require(long rows)
    {
        if (!(Perplexity >= 1 && 3 * Perplexity <= rows - 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Perplexity), Perplexity,
                $"A perplexity is at least 1 and at most a third of the other rows, which is {(rows - 1) / 3.0:0.#} for {rows}.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1, nameof(Iterations));
        ArgumentOutOfRangeException.ThrowIfLessThan(ExaggeratedIterations, 0, nameof(ExaggeratedIterations));
        bool isFactor = EarlyExaggeration is >= 1 and < double.PositiveInfinity;
        Within(isFactor, nameof(EarlyExaggeration), EarlyExaggeration, "at least 1");
        Within(LearningRate is null or > 0 and < double.PositiveInfinity, nameof(LearningRate), LearningRate, "above 0");
        Within(Theta is >= 0 and <= 0.7, nameof(Theta), Theta, "in [0, 0.7]");
    }

    private static void Within(bool holds, string name, double? value, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} is {range}.");
    }
}
