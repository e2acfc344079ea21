namespace Dsl.Generator.Programs;

/// <summary>
/// What happens at a step that is not finite, where that is more than the watch of the loop; numbers as C# expressions.
/// </summary>
internal abstract record NonFiniteRule
{
    /// <summary>The step changes nothing.</summary>
    /// <param name="Limit">Skipped steps in a row at which the run ends.</param>
    public sealed record Skip(string Limit) : NonFiniteRule;

    /// <summary>The run returns to a good state that is kept in memory.</summary>
    /// <param name="Limit">Returns that a run may make.</param>
    /// <param name="Period">Steps from one kept state to the next.</param>
    /// <param name="Factor">What a return multiplies the learning rate by.</param>
    public sealed record RollBack(string Limit, string Period, string Factor) : NonFiniteRule;
}
