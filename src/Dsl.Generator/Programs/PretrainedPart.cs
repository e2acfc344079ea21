namespace Dsl.Generator.Programs;

/// <summary>A part of a network that files of pretrained weights call otherwise.</summary>
/// <param name="From">What names in the file begin with.</param>
/// <param name="To">What stands for it in the network.</param>
internal sealed record PretrainedPart(string From, string To);
