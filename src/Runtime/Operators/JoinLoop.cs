using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Tensors put together, and zeros around them, in the memory of a step. Null stands for what no loop of ours can go
/// over.</summary>
internal static unsafe class JoinLoop
{
    /// <summary>Tensors of one type one after another along a dimension that they have.</summary>
    public static Tensor? TryConcatenate(ReadOnlySpan<Tensor> parts, int dimension)
    {
        if (!LoopChoice.CanRun || parts.IsEmpty || !TensorLayout.TryOf(parts[0], out var first, out int type)
            || first.Rank > CopyLoop.MostDimensions || dimension < 0 || dimension >= first.Rank) return null;
        Span<long> shape = stackalloc long[first.Rank];
        first.Sizes.CopyTo(shape);
        shape[dimension] = 0;
        foreach (var part in parts)
        {
            if (!TensorLayout.TryOf(part, type, out var layout) || layout.Rank != shape.Length) return null;
            for (int i = 0; i < shape.Length; i++)
                if (i != dimension && layout.Sizes[i] != shape[i]) return null;
            shape[dimension] += layout.Sizes[dimension];
        }

        var output = StepMemory.Take(shape, type);
        Span<long> strides = stackalloc long[shape.Length];
        TensorMemory.SetStrides(shape, strides);
        int bytes = PlaceLayout.BytesOf(type);
        byte* to = (byte*)TensorMemory.Pointer(output);
        foreach (var part in parts)
        {
            TensorLayout.TryOf(part, type, out var layout);
            CopyLoop.Run(to, strides, (byte*)layout.Data, layout.Strides, layout.Sizes, bytes);
            to += layout.Sizes[dimension] * strides[dimension] * bytes;
            GC.KeepAlive(part);
        }

        return output;
    }

    /// <summary>Tensors of one shape and type beside each other, counted by a new dimension.</summary>
    public static Tensor? TryStack(ReadOnlySpan<Tensor> parts, int dimension)
    {
        if (!LoopChoice.CanRun || parts.IsEmpty || !TensorLayout.TryOf(parts[0], out var first, out int type)
            || first.Rank >= CopyLoop.MostDimensions || dimension < 0 || dimension > first.Rank) return null;
        foreach (var part in parts)
            if (!TensorLayout.TryOf(part, type, out var layout) || !layout.Sizes.SequenceEqual(first.Sizes)) return null;
        Span<long> shape = stackalloc long[first.Rank + 1], strides = stackalloc long[first.Rank + 1];
        first.Sizes[..dimension].CopyTo(shape);
        shape[dimension] = parts.Length;
        first.Sizes[dimension..].CopyTo(shape[(dimension + 1)..]);
        TensorMemory.SetStrides(shape, strides);
        long step = strides[dimension];
        strides[(dimension + 1)..].CopyTo(strides[dimension..]);
        var output = StepMemory.Take(shape, type);
        int bytes = PlaceLayout.BytesOf(type);
        byte* to = (byte*)TensorMemory.Pointer(output);
        foreach (var part in parts)
        {
            TensorLayout.TryOf(part, type, out var layout);
            CopyLoop.Run(to, strides[..^1], (byte*)layout.Data, layout.Strides, layout.Sizes, bytes);
            to += step * bytes;
            GC.KeepAlive(part);
        }

        return output;
    }

    /// <summary>Zeros around the last dimensions.</summary>
    /// <param name="x">Of any shape.</param>
    /// <param name="amounts">How many before and after, from the last dimension on; negative ones cut off.</param>
    public static Tensor? TryPad(Tensor x, ReadOnlySpan<long> amounts)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values, out int type)
            || values.Rank > CopyLoop.MostDimensions || amounts.Length > 2 * values.Rank) return null;
        int rank = values.Rank, bytes = PlaceLayout.BytesOf(type);
        Span<long> shape = stackalloc long[rank], strides = stackalloc long[rank], kept = stackalloc long[rank];
        values.Sizes.CopyTo(shape);
        values.Sizes.CopyTo(kept);
        bool isWider = false;
        for (int i = 0; i < amounts.Length / 2; i++)
        {
            int dimension = rank - 1 - i;
            (long before, long after) = (amounts[2 * i], amounts[2 * i + 1]);
            shape[dimension] += before + after;
            kept[dimension] += Math.Min(0, before) + Math.Min(0, after);
            if (shape[dimension] < 0 || kept[dimension] < 0) return null;
            isWider |= before > 0 || after > 0;
        }

        var output = StepMemory.Take(shape, type);
        TensorMemory.SetStrides(shape, strides);
        byte* to = (byte*)TensorMemory.Pointer(output), from = (byte*)values.Data;
        if (isWider) Clear(to, shape, bytes);
        for (int i = 0; i < amounts.Length / 2; i++)
        {
            int dimension = rank - 1 - i;
            long before = amounts[2 * i];
            to += Math.Max(0, before) * strides[dimension] * bytes;
            from -= Math.Min(0, before) * values.Strides[dimension] * bytes;
        }

        CopyLoop.Run(to, strides, from, values.Strides, kept, bytes);
        GC.KeepAlive(x);
        return output;
    }

    /// <summary>Zeros in the shape and type of a tensor.</summary>
    public static Tensor? TryZeros(Tensor like)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(like, out var layout, out int type)) return null;
        var output = StepMemory.Take(layout.Sizes, type);
        Clear((byte*)TensorMemory.Pointer(output), layout.Sizes, PlaceLayout.BytesOf(type));
        GC.KeepAlive(like);
        return output;
    }

    /// <summary>Writes zeros over a tensor; false where no loop of ours can go.</summary>
    public static bool TryClear(Tensor x)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var layout, out int type) || !layout.IsPlain) return false;
        Clear((byte*)layout.Data, layout.Sizes, PlaceLayout.BytesOf(type));
        GC.KeepAlive(x);
        return true;
    }

    private static void Clear(byte* to, ReadOnlySpan<long> shape, int bytes)
    {
        long count = bytes;
        foreach (long size in shape) count *= size;
        NativeMemory.Clear(to, checked((nuint)count));
    }
}
