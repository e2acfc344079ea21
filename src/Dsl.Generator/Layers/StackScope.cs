using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

/// <summary>A stack of layers: what flows into it and what is tagged in it.</summary>
/// <param name="outer">The stack in which the block is used, whose tags it sees; null for a model's own stack.</param>
internal sealed class StackScope(Value input, string producer, bool isBlock, StackScope? outer)
{
    /// <summary>The stack in which the block is used; null for a model's own stack.</summary>
    public StackScope? Outer { get; } = outer;

    public Value Input { get; } = input;

    /// <summary>What made the input, as messages show it.</summary>
    public string Producer { get; } = producer;

    public bool IsBlock { get; } = isBlock;

    /// <summary>The input, where what it is made of has tags and may be taken instead; null for another stack's.</summary>
    public Value? Offered { get; init; }

    /// <summary>Tags of this stack itself.</summary>
    public Dictionary<string, Value> Tags { get; } = [];

    /// <summary>Every name that a layer at this place can use: own tags, and those of the stacks around.</summary>
    public IEnumerable<string> Known => Outer is null ? Tags.Keys : Tags.Keys.Concat(Outer.Known).Distinct();

    /// <summary>The value of a name, that of the innermost stack that has it; null when none has.</summary>
    public Value? Find(string tag) => Tags.TryGetValue(tag, out var value) ? value : Outer?.Find(tag);
}
