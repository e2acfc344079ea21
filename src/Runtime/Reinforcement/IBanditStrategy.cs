namespace Dsl.Runtime;

/// <summary>Chooses among arms by what they have earned so far.</summary>
public interface IBanditStrategy
{
    /// <summary>Forgets everything.</summary>
    /// <param name="arms">How many arms there are, at least 1.</param>
    void Begin(int arms);

    /// <summary>The next arm.</summary>
    int Choose(HostRandom random);

    /// <summary>What the arm earned.</summary>
    void Learn(int arm, double reward);
}
