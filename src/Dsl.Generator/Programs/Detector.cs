namespace Dsl.Generator.Programs;

/// <summary>What makes detections of an output, as a property of the trainer.</summary>
/// <param name="Name">The property.</param>
/// <param name="Type">Its type, in C#.</param>
/// <param name="Made">How it is made, in C#.</param>
/// <param name="Of">The output that it reads; null for the only one.</param>
internal sealed record Detector(string Name, string Type, string Made, string? Of)
{
    /// <summary>Whether it asks networks of the trainer, which it is made of.</summary>
    public bool ReadsNetworks { get; init; }

    /// <summary>The private field of one that asks networks.</summary>
    public string Field => "_" + char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}
