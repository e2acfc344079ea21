using System.Numerics;
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
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var bad = data.isfinite().logical_not();
        var places = bad.nonzero();
        long[] first = MemoryMarshal.Cast<byte, long>(places[0].cpu().contiguous().bytes).ToArray();
        string place = first.Length > 1 ? $" at [{string.Join(", ", first[1..])}]" : "";
        double number = data.flatten()[bad.flatten().to(ScalarType.Int64).argmax()].ToDouble();
        throw new DataMismatchException(
            $"The {what} have {(double.IsNaN(number) ? "NaN" : "an infinite number")} in row {first[0]}{place}"
            + $"{(places.size(0) > 1 ? $", and {places.size(0) - 1} more such numbers" : "")}: leave these samples out, or put numbers in "
            + "their place (nan_to_num).");
    }

    /// <summary>The same of a part of a batch where the processor can look without waiting for another device.</summary>
    /// <param name="part">[N, ...].</param>
    /// <param name="name">The part's name, for the message.</param>
    /// <exception cref="DataMismatchException">There is such a number.</exception>
    public static void RequireOnHost(Tensor part, string name)
    {
        if (part.device_type == DeviceType.CPU) Require(part, $"numbers of '{name}'");
    }

    private static bool IsFinite(Tensor data)
    {
        if (data.dtype == ScalarType.Float32 && TensorMemory.IsPlain(data)) return IsFinite(TensorMemory.Floats(data));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return data.isfinite().all().ToBoolean();
    }

    // A number times 0 is 0, and NaN where it is NaN or infinite, which stays in the sum. Several sums, since each addition waits for the
    // one before it.
    private static bool IsFinite(ReadOnlySpan<float> numbers)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(numbers);
        Vector<float> first = default, second = default, third = default, fourth = default;
        int i = 0;
        for (; i <= vectors.Length - 4; i += 4)
        {
            first += vectors[i] * Vector<float>.Zero;
            second += vectors[i + 1] * Vector<float>.Zero;
            third += vectors[i + 2] * Vector<float>.Zero;
            fourth += vectors[i + 3] * Vector<float>.Zero;
        }

        for (; i < vectors.Length; i++) first += vectors[i] * Vector<float>.Zero;
        float rest = Vector.Sum(first + second + third + fourth);
        foreach (float number in numbers[(vectors.Length * Vector<float>.Count)..]) rest += number * 0;
        return rest == 0;
    }
}
