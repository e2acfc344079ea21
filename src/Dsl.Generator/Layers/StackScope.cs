using System.Collections.Generic;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

/// <summary>A stack of layers: what flows into it and what is tagged in it.</summary>
internal sealed class StackScope(Value input, string producer, bool isBlock)
{
    public Value Input { get; } = input;

    /// <summary>What made the input, as messages show it.</summary>
    public string Producer { get; } = producer;

    public bool IsBlock { get; } = isBlock;

    public Dictionary<string, Value> Tags { get; } = [];
}
