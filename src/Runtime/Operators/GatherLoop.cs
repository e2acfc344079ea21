using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Elements of rows of 32-bit numbers by their places, their gradient, the place of each row's largest, and whether that
/// reaches a threshold.</summary>
internal static unsafe class GatherLoop
{
    /// <summary>x [N, M] at places [N, K]; null where no loop of ours can go, as to a place that there is not.</summary>
    public static Tensor? TryGather(Tensor x, Tensor places)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || values.Rank != 2 || !values.IsPlain
            || !TryPlaces(places, values.Sizes[0], values.Sizes[1], out long* indices, out long count)) return null;
        long rows = values.Sizes[0], columns = values.Sizes[1];
        var output = TensorMemory.Empty(rows, count);
        float* data = values.Data, to = (float*)TensorMemory.Pointer(output);
        for (long row = 0; row < rows; row++)
            for (long i = 0; i < count; i++) *to++ = data[row * columns + *indices++];
        GC.KeepAlive(x);
        GC.KeepAlive(places);
        return output;
    }

    /// <summary>The gradient of x [N, M] from that of its elements at places [N, K], added up where there are several of one;
    /// null where no loop of ours can go.</summary>
    public static Tensor? TryScatter(Tensor gradient, Tensor x, Tensor places)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || values.Rank != 2
            || !TensorLayout.TryOf(gradient, out var gradients) || gradients.Rank != 2 || !gradients.IsPlain
            || !TryPlaces(places, values.Sizes[0], values.Sizes[1], out long* indices, out long count)
            || gradients.Sizes[0] != values.Sizes[0] || gradients.Sizes[1] != count) return null;
        long rows = values.Sizes[0], columns = values.Sizes[1];
        var output = TensorMemory.Empty(rows, columns);
        float* data = gradients.Data, to = (float*)TensorMemory.Pointer(output);
        for (long row = 0; row < rows; row++, to += columns)
        {
            new Span<float>(to, (int)columns).Clear();
            for (long i = 0; i < count; i++) to[*indices++] += *data++;
        }

        GC.KeepAlive(gradient);
        GC.KeepAlive(x);
        GC.KeepAlive(places);
        return output;
    }

    /// <summary>The place of the largest number of each row of x [N, M], [N] or [N, 1]: of several the first, and before all
    /// others one that is not a number; null where no loop of ours can go.</summary>
    public static Tensor? TryLargest(Tensor x, bool keep)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || values.Rank != 2 || !values.IsPlain
            || values.Sizes[1] == 0) return null;
        long rows = values.Sizes[0], columns = values.Sizes[1];
        var output = keep ? TensorMemory.EmptyIndices(rows, 1) : TensorMemory.EmptyIndices(rows);
        long* to = (long*)TensorMemory.Pointer(output);
        float* data = values.Data;
        for (long row = 0; row < rows; row++, data += columns)
        {
            long place = 0;
            for (long i = 1; i < columns && !float.IsNaN(data[place]); i++)
                if (data[i] > data[place] || float.IsNaN(data[i])) place = i;
            to[row] = place;
        }

        GC.KeepAlive(x);
        return output;
    }

    /// <summary>1 for each row of x [N, M] whose largest number reaches a threshold, else 0, also where one is not a number: [N];
    /// null where no loop of ours can go.</summary>
    public static Tensor? TryReaches(Tensor x, double threshold)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || values.Rank != 2 || !values.IsPlain
            || values.Sizes[1] == 0) return null;
        long rows = values.Sizes[0], columns = values.Sizes[1];
        var output = TensorMemory.Empty(rows);
        float* to = (float*)TensorMemory.Pointer(output), data = values.Data;
        float least = (float)threshold;
        for (long row = 0; row < rows; row++, data += columns)
        {
            (bool reaches, bool areNumbers) = (false, true);
            for (long i = 0; i < columns; i++)
            {
                reaches |= data[i] >= least;
                areNumbers &= !float.IsNaN(data[i]);
            }

            to[row] = reaches && areNumbers ? 1 : 0;
        }

        GC.KeepAlive(x);
        return output;
    }

    // 64-bit integers [rows, count] without gaps, each the place of a column.
    private static bool TryPlaces(Tensor places, long rows, long columns, out long* indices, out long count)
    {
        indices = null;
        count = 0;
        nint handle = places.Handle;
        int device = -1, type = -1;
        long rank = -1;
        long* sizes = null, strides = null;
        void* pointer = null;
        if (LibTorchAbi.DeviceType(handle, &device) != 0 || device != LibTorchAbi.Processor
            || LibTorchAbi.ElementType(handle, &type) != 0 || type != LibTorchAbi.Int64
            || LibTorchAbi.Dimensions(handle, &rank) != 0 || rank != 2
            || LibTorchAbi.Sizes(handle, &sizes) != 0 || LibTorchAbi.Strides(handle, &strides) != 0
            || sizes[0] != rows || (sizes[1] != 1 && strides[1] != 1) || (rows != 1 && strides[0] != sizes[1])
            || LibTorchAbi.DataPointer(handle, &pointer) != 0) return false;
        indices = (long*)pointer;
        count = sizes[1];
        for (long i = 0; i < rows * count; i++)
            if ((ulong)indices[i] >= (ulong)columns) return false;
        return true;
    }
}
