using System.Collections.Generic;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>A use of a block in a network.</summary>
/// <param name="path">Where it stands, as in the names of its parameters: <c>2</c>.</param>
/// <param name="name">The block's own name: <c>WideBlock</c>.</param>
/// <param name="arguments">What the use gives for the block's parameters.</param>
/// <param name="outer">The use in which it stands; null for one in the model's own stack.</param>
internal sealed class NetworkBlock(string path, string name, IReadOnlyDictionary<string, int> arguments, NetworkBlock? outer)
{
    public string Path { get; } = path;

    public string Name { get; } = name;

    public IReadOnlyDictionary<string, int> Arguments { get; } = arguments;

    public NetworkBlock? Outer { get; } = outer;

    /// <summary>What its parts are called in files of pretrained weights.</summary>
    public EquatableArray<AttributeDeclaration> Pretrained { get; init; }

    /// <summary>The path as part of an identifier: <c>2_0</c>.</summary>
    public string Number { get; } = path.Replace('.', '_');

    /// <summary>Whether something at a path, or under a name of a state dictionary, belongs to it.</summary>
    public bool Contains(string member) => member.StartsWith(Path + ".", System.StringComparison.Ordinal);

    /// <summary>What a layer is called in comments: <c>block 2 (WideBlock), 0: BatchNorm2d</c>.</summary>
    /// <param name="block">The use in which it stands; null for a layer of the model's own stack.</param>
    /// <param name="within">A path with a dot that is left out: of what stands inside a block, its own.</param>
    public static string Section(NetworkBlock? block, string path, string description, string within = "")
    {
        if (block is null || block.Path.Length < within.Length) return $"{path.Substring(within.Length)}: {description}";
        return $"block {block.Path.Substring(within.Length)} ({block.Name}), {path.Substring(block.Path.Length + 1)}: "
            + $"{description}";
    }
}
