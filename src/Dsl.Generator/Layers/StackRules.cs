using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

/// <summary>What a stack, and those around it, say about the parameters of its layers.</summary>
/// <param name="elements">The stack.</param>
/// <param name="around">The rules of the stack that uses it; null for a model's own.</param>
/// <param name="isFrozen">Whether the place where it is used is frozen.</param>
internal sealed class StackRules(IReadOnlyList<AttributeDeclaration> elements, StackRules? around, bool isFrozen)
{
    private readonly List<InitRule> _heads = [];
    private readonly int _lastFrozen = LastFrozen(elements);

    /// <summary>Rules that stand before the first layer, in order.</summary>
    public IReadOnlyList<InitRule> Heads => _heads;

    public void AddHead(InitRule rule) => _heads.Add(rule);

    /// <summary>Whether an element of the stack is frozen.</summary>
    public bool IsFrozen(int position) => isFrozen || position < _lastFrozen;

    /// <summary>A parameter as the rules at the heads of the stacks around it start it, the innermost last.</summary>
    public NetworkParameter Apply(NetworkParameter parameter)
    {
        if (around is not null) parameter = around.Apply(parameter);
        foreach (var rule in _heads) parameter = rule.Apply(parameter);
        return parameter;
    }

    private static int LastFrozen(IReadOnlyList<AttributeDeclaration> elements)
    {
        for (int i = elements.Count - 1; i >= 0; i--)
            if (elements[i].Name == nameof(FrozenAttribute)) return i;
        return -1;
    }
}
