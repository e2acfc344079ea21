using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Data with numbers that are infinite or NaN make every weight NaN within a step: they are refused when they are read
/// first.</summary>
internal static class FiniteData
{
    /// <summary>Refuses data with such a number.</summary>
    /// <param name="data">[N, ...]; integers are always finite.</param>
    /// <param name="what">What the data are, in plural, for the message.</param>
    /// <exception cref="DataMismatchException">There is one; the message says where the first stands and how many there
    /// are.</exception>
    public static void Require(Tensor data, string what)
    {
        if (!data.is_floating_point() || IsFinite(data)) return;
        Refuse(data, what);
    }

    /// <summary>The same of a part of a batch, which may come again and again.</summary>
    /// <param name="part">[N, ...]; integers are always finite.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DataMismatchException">There is one.</exception>
    public static void RequirePart(Tensor part, string name)
    {
        if (!part.is_floating_point() || (FiniteMemory.CanRead(part) ? SeenFinite.IsFinite(part) : IsFinite(part))) return;
        Refuse(part, $"numbers of '{name}'");
    }

    private static void Refuse(Tensor data, string what)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var bad = data.isfinite().logical_not();
        var places = bad.nonzero();
        long[] first = MemoryMarshal.Cast<byte, long>(places[0].cpu().contiguous().bytes).ToArray();
        string place = first.Length > 1 ? $" at [{string.Join(", ", first[1..])}]" : "";
        double number = Aten.item(data.flatten()[bad.flatten().to(ScalarType.Int64).argmax()]);
        throw new DataMismatchException(
            $"The {what} have {(double.IsNaN(number) ? "NaN" : "an infinite number")} in row {first[0]}{place}"
            + $"{(places.size(0) > 1 ? $", and {places.size(0) - 1} more such numbers" : "")}: leave these samples out, or put "
            + "numbers in "
            + "their place (nan_to_num).");
    }

    private static bool IsFinite(Tensor data)
    {
        if (FiniteMemory.CanRead(data)) return FiniteMemory.IsFinite(data);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.is_nonzero(data.isfinite().all());
    }
}
