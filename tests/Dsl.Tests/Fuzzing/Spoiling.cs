using static TorchSharp.torch;

namespace Dsl.Tests.Fuzzing;

/// <summary>What must come of data.</summary>
internal enum Fate
{
    /// <summary>They are good, however they lie in memory: what comes is what comes of a plain copy.</summary>
    Same,

    /// <summary>They are legal, or nobody can tell: a result of finite numbers, or an error of ours.</summary>
    Either,

    /// <summary>They are legal, but a step computes with numbers that a float does not hold: the loss may tell, or the
    /// run.</summary>
    Extreme,

    /// <summary>They do not fit the declaration: an error of ours, and nothing has changed.</summary>
    Refused,
}

/// <summary>Makes bad data of good.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Fate">What must come of it.</param>
/// <param name="Apply">The part of the batch, the good tensor and a number from 0 that chooses, to the bad one.</param>
internal sealed record Spoiling(string Name, Fate Fate, Func<Slot, Tensor, int, Tensor?> Apply)
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16,
        ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64, ScalarType.Bool, ScalarType.ComplexFloat32,
    ];

    private static readonly Spoiling[] OfShape =
    [
        new("null", Fate.Refused, (_, _, _) => null),
        new("disposed", Fate.Refused, (_, good, _) =>
        {
            var copy = good.clone();
            copy.Dispose();
            return copy;
        }),
        new("one row more", Fate.Refused, (_, good, _) => cat([good, good.narrow(0, 0, 1)])),
        new("one row less", Fate.Refused, (_, good, _) => good.narrow(0, 1, good.size(0) - 1)),
        new("twice the rows", Fate.Refused, (_, good, _) => cat([good, good])),
        new("one row alone", Fate.Refused, (_, good, _) => good.narrow(0, 0, 1)),
        new("no row", Fate.Refused, (_, good, _) => good.narrow(0, 0, 0)),
        new("a dimension in front", Fate.Refused, (_, good, _) => good.unsqueeze(0)),
        new("a dimension behind", Fate.Refused, (_, good, _) => good.unsqueeze(-1)),
        new("no dimension", Fate.Refused, (_, good, _) => good.flatten()[0]),
        new("sparse", Fate.Refused, (_, good, _) => good.to_sparse()),
        new("without memory", Fate.Refused, (_, good, _) => empty(good.shape, good.dtype, META)),
    ];

    private static readonly Spoiling[] OfSizes =
    [
        new("a size of one", Fate.Refused, (slot, good, number) => good.narrow(Dimension(slot, number), 0, 1)),
        new("a size of nothing", Fate.Refused, (slot, good, number) => good.narrow(Dimension(slot, number), 0, 0)),
        new("a size one less", Fate.Refused, (slot, good, number) =>
            good.narrow(Dimension(slot, number), 0, good.size(Dimension(slot, number)) - 1)),
        new("a size one more", Fate.Refused, (slot, good, number) =>
            cat([good, good.narrow(Dimension(slot, number), 0, 1)], Dimension(slot, number))),
        new("flat", Fate.Refused, (_, good, _) => good.flatten()),
    ];

    private static readonly Spoiling[] OfMemory =
    [
        new("a column's order", Fate.Same, (_, good, _) => good.transpose(0, -1).contiguous().transpose(0, -1)),
        new("with gaps", Fate.Same, (_, good, _) => cat([good, good], -1).slice(-1, 0, 2 * good.size(-1), 2)),
        new("from the middle", Fate.Same, (_, good, _) => cat([good, good]).narrow(0, good.size(0) - 1, good.size(0))),
        new("one row for all", Fate.Same, (_, good, _) => good.narrow(0, 0, 1).expand(good.shape)),
    ];

    private static readonly Spoiling[] OfNumbers =
    [
        Put("NaN", Fate.Refused, double.NaN), Put("infinity", Fate.Refused, double.PositiveInfinity),
        Put("minus infinity", Fate.Refused, double.NegativeInfinity), Put("1e38", Fate.Extreme, 1e38),
        Put("-3.4e38", Fate.Extreme, -3.4e38), Put("1e20", Fate.Extreme, 1e20), Put("1e6", Fate.Either, 1e6),
        Put("a denormal", Fate.Either, 1e-42), Put("minus zero", Fate.Either, -0.0),
        new("all NaN", Fate.Refused, (_, good, _) => full_like(good, double.NaN)),
        new("all zero", Fate.Either, (_, good, _) => zeros_like(good)),
        new("all denormal", Fate.Either, (_, good, _) => full_like(good, 1e-42)),
        new("all 3e38", Fate.Extreme, (_, good, _) => full_like(good, 3e38)),
        new("requires a gradient", Fate.Same, (_, good, _) => good.clone().requires_grad_()),
        new("the result of a computation with a gradient", Fate.Same, (_, good, _) => good.clone().requires_grad_().sin()),
    ];

    private static readonly Spoiling[] OfIndices =
    [
        Put("-1", Fate.Refused, -1), Put("the bound", Fate.Refused, slot => slot.Bound), Put("-101", Fate.Refused, -101),
        Put("the least number", Fate.Refused, long.MinValue), Put("the largest number", Fate.Refused, long.MaxValue),
        Put("2^32", Fate.Refused, 1L << 32), Put("the last", Fate.Either, slot => slot.Bound - 1),
    ];

    private static readonly Spoiling[] OfMissingLabels =
    [
        Put("-100", Fate.Either, -100), new("all -100", Fate.Either, (_, good, _) => full_like(good, -100)),
    ];

    /// <summary>Whether the batch has no label at all, of which the mean is not a number.</summary>
    public bool LeavesNoLabel => Name == "all -100";

    /// <summary>One that fits a part of a batch.</summary>
    public static Spoiling Choose(Slot slot, Random random)
    {
        Spoiling[][] kinds =
        [
            OfShape, OfMemory, slot.Sizes.Length > 0 ? OfSizes : OfShape, [Converted(slot, Types[random.Next(Types.Length)])],
            slot.Kind is SlotKind.Real or SlotKind.Target ? OfNumbers : slot.Kind == SlotKind.Class && random.Next(3) == 0
                ? OfMissingLabels : OfIndices,
        ];
        var kind = kinds[random.Next(kinds.Length)];
        return kind[random.Next(kind.Length)];
    }

    private static Spoiling Converted(Slot slot, ScalarType type)
    {
        var fate = slot.Kind switch
        {
            SlotKind.Target => type == ScalarType.ComplexFloat32 ? Fate.Refused : Fate.Either,
            SlotKind.Real => type == ScalarType.Float32 ? Fate.Same : Fate.Refused,
            _ => type == ScalarType.Int64 ? Fate.Same : Fate.Refused,
        };
        return new($"as {type}", fate, (_, good, _) => good.to_type(type));
    }

    private static Spoiling Put(string name, Fate fate, double number) => new(name, fate, (_, good, place) =>
    {
        var copy = good.clone();
        using var flat = copy.view(-1);
        flat[place % flat.numel()] = number;
        return copy;
    });

    private static Spoiling Put(string name, Fate fate, long number) => Put(name, fate, _ => number);

    private static Spoiling Put(string name, Fate fate, Func<Slot, long> number) => new(name, fate, (slot, good, place) =>
    {
        var copy = good.clone();
        using var flat = copy.view(-1);
        flat[place % flat.numel()] = number(slot);
        return copy;
    });

    private static int Dimension(Slot slot, int number) => 1 + (number % slot.Sizes.Length);
}
