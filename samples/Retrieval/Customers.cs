using Dsl.Runtime;

namespace Retrieval;

/// <summary>Customers who look through results from the top, as the cascade model has it (Craswell et al. 2008): after each they
/// go on or leave, and after a choice half of them leave. They err: of a hundred results that are worth nothing to them they
/// choose one.</summary>
public static class Customers
{
    private const double GoesOn = 0.95, LeavesWithChoice = 0.5;

    /// <summary>What a customer chooses of a page.</summary>
    /// <param name="query">The query's row.</param>
    /// <param name="shown">Rows of the catalogue, the first place first.</param>
    /// <param name="gains">What each row is worth to the customer.</param>
    /// <param name="random">Decides.</param>
    public static LoggedQuery Ask(long query, IReadOnlyList<long> shown, IReadOnlyList<double> gains, HostRandom random)
    {
        var chosen = new List<long>();
        foreach (long row in shown)
        {
            double chance = gains[(int)row] switch { >= 7 => 0.8, >= 3 => 0.04, _ => 0.01 };
            if (random.Uniform() < chance)
            {
                chosen.Add(row);
                if (random.Uniform() < LeavesWithChoice) break;
            }

            if (random.Uniform() > GoesOn) break;
        }

        return new LoggedQuery(query, shown, chosen);
    }
}
