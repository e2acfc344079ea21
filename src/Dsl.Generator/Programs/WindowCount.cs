namespace Dsl.Generator.Programs;

/// <summary>What a mean over all batches of an update is divided by, a member of the generated <c>Counts</c>.</summary>
/// <param name="Member">The member's name.</param>
internal abstract record WindowCount(string Member)
{
    /// <summary>The member's type.</summary>
    public abstract string Type { get; }

    /// <summary>What the member counts.</summary>
    public abstract string Summary { get; }
}

/// <summary>The samples of a stream, known without asking the device.</summary>
internal sealed record SampleCount(Field Field) : WindowCount(Field.Name + "Samples")
{
    public override string Type => "long";

    public override string Summary => $"Samples of <c>Batch.{Field.Name}</c>";

    /// <summary>The local variable that holds a batch's share of them.</summary>
    public string Share => $"shareOf{Field.Name}";
}

/// <summary>The labels, a number on the device.</summary>
/// <param name="Weights">The member with the classes' weights; null where each label counts 1.</param>
internal sealed record LabelCount(string? Weights)
    : WindowCount(Weights is null ? "Labels"
        : char.ToUpperInvariant(Weights.TrimStart('_')[0]) + Weights.TrimStart('_').Substring(1))
{
    public override string Type => "Tensor";

    public override string Summary =>
        Weights is null ? "Labels, those of -100 left out" : "The sum of the weights of the labels' classes";
}
