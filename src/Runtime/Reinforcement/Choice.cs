namespace Dsl.Runtime;

/// <summary>Choices among values.</summary>
internal static class Choice
{
    /// <summary>One of the largest values, evenly: the first would be preferred where nothing is known.</summary>
    public static int Best(ReadOnlySpan<double> values, HostRandom random)
    {
        double best = double.NegativeInfinity;
        int chosen = 0, ties = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > best) (best, chosen, ties) = (values[i], i, 1);
            else if (values[i] == best && random.Below(++ties) == 0) chosen = i;
        }

        return chosen;
    }

    /// <summary>A place, with probabilities of exp(values/temperature).</summary>
    public static int Softmax(ReadOnlySpan<double> values, double temperature, HostRandom random)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double value in values) largest = Math.Max(largest, value);
        foreach (double value in values) sum += Math.Exp((value - largest) / temperature);
        double rest = random.Uniform() * sum;
        for (int i = 0; i < values.Length - 1; i++)
        {
            rest -= Math.Exp((values[i] - largest) / temperature);
            if (rest < 0) return i;
        }

        return values.Length - 1;
    }
}
