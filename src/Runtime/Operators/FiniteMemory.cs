using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Whether numbers that lie in the processor's memory are finite, in one pass that makes no tensor.</summary>
internal static class FiniteMemory
{
    // A number is NaN or infinite where all bits of its exponent are set.
    private const int Exponent = 0x7f800000;

    /// <summary>Whether <see cref="IsFinite"/> can read a tensor.</summary>
    public static bool CanRead(Tensor tensor) =>
        TensorMemory.IsPlain(tensor) && tensor.dtype == ScalarType.Float32 && tensor.numel() <= int.MaxValue;

    /// <summary>Whether every element is finite.</summary>
    /// <param name="tensor">One that <see cref="CanRead"/> accepts.</param>
    /// <param name="part">Which of the parts is read.</param>
    /// <param name="parts">How many of about one size there are.</param>
    public static unsafe bool IsFinite(Tensor tensor, int part = 0, int parts = 1)
    {
        long count = tensor.numel(), begin = count * part / parts, end = count * (part + 1) / parts;
        var elements = new ReadOnlySpan<float>((float*)TensorMemory.Pointer(tensor) + begin, (int)(end - begin));
        var vectors = MemoryMarshal.Cast<float, Vector<int>>(elements);
        var exponent = new Vector<int>(Exponent);
        var found = Vector<int>.Zero;
        foreach (var vector in vectors) found |= Vector.Equals(vector & exponent, exponent);
        var isFinite = found == Vector<int>.Zero;
        foreach (var element in elements[(vectors.Length * Vector<float>.Count)..]) isFinite &= float.IsFinite(element);
        GC.KeepAlive(tensor);
        return isFinite;
    }
}
