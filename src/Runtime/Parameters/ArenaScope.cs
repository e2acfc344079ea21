namespace Dsl.Runtime;

/// <summary>A dispose scope in which the parameters of an arena are not freed.</summary>
public readonly ref struct ArenaScope
{
    private readonly ParameterArena _arena;
    private readonly StepScope _scope;

    internal ArenaScope(ParameterArena arena)
    {
        _arena = arena;
        _scope = StepScope.Open();
    }

    /// <summary>Frees what the scope holds; the parameters may be freed again.</summary>
    public void Dispose()
    {
        _scope.Dispose();
        _arena.Release();
    }
}
