using static TorchSharp.torch;

namespace Dsl.Tests.Fuzzing;

/// <summary>What a part of a batch holds.</summary>
internal enum SlotKind
{
    /// <summary>Numbers that a network reads.</summary>
    Real,

    /// <summary>Indices that a network reads.</summary>
    Index,

    /// <summary>Classes, or -100.</summary>
    Class,

    /// <summary>Numbers that a network is to predict, of any type.</summary>
    Target,
}

/// <summary>A part of a batch.</summary>
/// <param name="Name">What a data source calls it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Bound">How many indices or classes there are.</param>
/// <param name="Sizes">The sizes behind that of the batch.</param>
internal sealed record Slot(string Name, SlotKind Kind, long Bound, params long[] Sizes)
{
    /// <summary>Whether it belongs to the samples with labels: those without have a number of their own.</summary>
    public bool IsLabeled => Name != Unlabeled;

    /// <summary>The name of samples without labels.</summary>
    public const string Unlabeled = "unlabeled";

    /// <summary>What a trainer takes.</summary>
    public Tensor Good(Generator generator, long samples)
    {
        long[] shape = [samples, .. Sizes];
        return Kind switch
        {
            SlotKind.Real => randn(shape, generator: generator),
            SlotKind.Target => rand(shape, generator: generator),
            _ => randint(0, Bound, shape, ScalarType.Int64, generator: generator),
        };
    }
}
