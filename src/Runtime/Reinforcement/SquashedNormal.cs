using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Actions that are the hyperbolic tangent of normal numbers, so that each lies in (-1, 1) (Haarnoja et al. 2018, arXiv
/// 1812.05905, appendix C). A network gives means and log deviations of the normal numbers in two halves.
/// </summary>
public static class SquashedNormal
{
    /// <summary>The bounds of a log deviation, those of the authors' code.</summary>
    public const double LeastLogDeviation = -20, MostLogDeviation = 2;

    /// <summary>An action of the distribution.</summary>
    /// <param name="row">Means, then log deviations, [2A].</param>
    /// <param name="random">What is drawn from.</param>
    /// <returns>[A], each in [-1, 1].</returns>
    public static float[] Draw(ReadOnlySpan<double> row, HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int count = Count(row);
        var action = new float[count];
        for (int i = 0; i < count; i++)
        {
            double deviation = Math.Exp(Math.Clamp(row[count + i], LeastLogDeviation, MostLogDeviation));
            action[i] = (float)Math.Tanh(row[i] + (deviation * random.Normal()));
        }

        return action;
    }

    /// <summary>The action of the means, which are also the medians.</summary>
    /// <param name="row">Means, then log deviations, [2A].</param>
    /// <returns>[A], each in [-1, 1].</returns>
    public static float[] Mean(ReadOnlySpan<double> row)
    {
        var action = new float[Count(row)];
        for (int i = 0; i < action.Length; i++) action[i] = (float)Math.Tanh(row[i]);
        return action;
    }

    private static int Count(ReadOnlySpan<double> row) => row.Length > 0 && row.Length % 2 == 0 ? row.Length / 2
        : throw new ArgumentException(
            $"Means and log deviations are two halves, but there are {row.Length} numbers.", nameof(row));
}

/// <summary>Actions between -1 and 1 as an environment takes them, between bounds of its own.</summary>
internal sealed class ActionBounds(BoxSpace space)
{
    /// <summary>Those of an environment.</summary>
    /// <exception cref="DataMismatchException">A bound is infinite.</exception>
    public static ActionBounds Of(VectorEnvironment<float[], float[]> environment)
    {
        if (environment.Actions is not BoxSpace space || space.Low.Concat(space.High).Any(bound => !float.IsFinite(bound)))
        {
            throw new DataMismatchException(
                "Squashed actions go from one bound to another, but the environment's actions are no BoxSpace, or have an "
                + "infinite bound: give each number a least and a largest value.");
        }

        return new ActionBounds(space);
    }

    /// <summary>How many numbers an action has.</summary>
    public int Count => space.Count;

    /// <summary>An action as the environment takes it.</summary>
    /// <param name="squashed">Each number in [-1, 1].</param>
    public float[] Act(float[] squashed) =>
    [
        .. squashed.Select((number, i) => Math.Clamp(
            (float)(space.Low[i] + ((number + 1.0) / 2 * ((double)space.High[i] - space.Low[i]))), space.Low[i], space.High[i])),
    ];
}
