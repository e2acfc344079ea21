namespace Dsl.Runtime;

/// <summary>What a file of pretrained weights calls a part of a network, and how its tensors lie there.</summary>
/// <param name="From">What names in the file begin with, up to a dot: <c>"encoder.layer.0."</c>; one tensor's whole name;
/// empty for all.</param>
/// <param name="To">What stands for it in the network: a beginning for a beginning, a name for a name; null for a part of the
/// file that has no place there, and is passed over.</param>
public sealed record PretrainedPart(string From, string? To)
{
    /// <summary>Whether the file has matrices [out, in] as [in, out]. Tensors of other ranks are as they are.</summary>
    public bool Transposed { get; init; }

    /// <summary>Which part along the first dimension, as the network has it, this is of the file's tensors, from 0.</summary>
    public int Part { get; init; }

    /// <summary>How many such parts of equal size there are; 1 for the whole tensor.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Tensors of the file, <see cref="From"/> the first, that are joined along the first dimension; empty for
    /// one alone.</summary>
    public IReadOnlyList<string> Joined { get; init; } = [];

    internal bool Fits(string name) => Joined.Count == 0
        && (From.Length == 0 || From[^1] == '.' ? name.StartsWith(From, StringComparison.Ordinal) : name == From);
}
