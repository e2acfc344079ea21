using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>A part of a network that files of pretrained weights call otherwise.</summary>
/// <param name="From">What names in the file begin with, with a dot; a tensor's whole name; or nothing, for all.</param>
/// <param name="To">What stands for it in the network; null for a part of the file that is passed over.</param>
internal sealed record PretrainedPart(string From, string? To)
{
    /// <summary>Whether the file has matrices the other way round.</summary>
    public bool Transposed { get; init; }

    /// <summary>Which part of the file's tensors it is.</summary>
    public int Part { get; init; }

    /// <summary>How many parts these have.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Tensors of the file that are joined to this one; empty for none.</summary>
    public EquatableArray<string> Joined { get; init; }

    /// <summary>Whether another name is all that it has.</summary>
    public bool IsPlain => To is not null && !Transposed && Parts == 1 && Joined.Count == 0;
}
