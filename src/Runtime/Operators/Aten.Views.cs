using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Views, whose shapes and strides are computed here: a step's memory knows them and makes each once. Where autograd records they
// are TorchSharp's.
public static partial class Aten
{
    /// <summary>The same elements once more.</summary>
    public static Tensor alias(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (IsRecorded()) return x.alias();
        var (sizes, strides) = LayoutOf(x);
        return StepMemory.View(x, 0, sizes, strides);
    }

    /// <summary>The same elements, row by row, in another shape, one dimension of which may be −1: as a view where their places
    /// allow it.</summary>
    public static Tensor reshape(Tensor x, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (IsRecorded()) return x.reshape(shape.ToArray());
        var (sizes, strides) = LayoutOf(x);
        Span<long> wanted = stackalloc long[shape.Length], places = stackalloc long[shape.Length];
        shape.CopyTo(wanted);
        long count = 1, known = 1;
        foreach (long size in sizes) count *= size;
        foreach (long size in wanted) known *= size == -1 ? 1 : size;
        if (known == 0) return x.reshape(shape.ToArray());
        int open = wanted.IndexOf(-1);
        if (open >= 0) wanted[open] = count / known;
        if (count == 0 || known * (open < 0 ? 1 : wanted[open]) != count) return x.reshape(shape.ToArray());
        if (TryReshape(sizes, strides, wanted, places)) return StepMemory.View(x, 0, wanted, places);
        return IsNumbers(x) ? CopyOf(x, sizes, wanted) : x.reshape(shape.ToArray());
    }

    /// <summary>All dimensions from one on as one.</summary>
    public static Tensor flatten(Tensor x, int start)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (IsRecorded()) return x.flatten(start);
        var (sizes, _) = LayoutOf(x);
        Span<long> shape = stackalloc long[start + 1];
        sizes[..start].CopyTo(shape);
        shape[start] = 1;
        foreach (long size in sizes[start..]) shape[start] *= size;
        return reshape(x, shape);
    }

    /// <summary>A dimension of size 1 put before another one, or behind the last.</summary>
    public static Tensor unsqueeze(Tensor x, int dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (IsRecorded()) return x.unsqueeze(dimension);
        var (sizes, strides) = LayoutOf(x);
        Span<long> shape = stackalloc long[sizes.Length + 1], places = stackalloc long[sizes.Length + 1];
        for (int i = 0; i < shape.Length; i++)
        {
            int source = i > dimension ? i - 1 : i;
            (shape[i], places[i]) = i != dimension ? (sizes[source], strides[source])
                : (1, i < sizes.Length ? sizes[i] * strides[i] : 1);
        }

        return StepMemory.View(x, 0, shape, places);
    }

    /// <summary>Without a dimension of size 1.</summary>
    public static Tensor squeeze(Tensor x, int dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (sizes, strides) = LayoutOf(x);
        if (IsRecorded() || sizes[dimension] != 1) return x.squeeze(dimension);
        Span<long> shape = stackalloc long[sizes.Length - 1], places = stackalloc long[sizes.Length - 1];
        Leave(dimension, sizes, shape);
        Leave(dimension, strides, places);
        return StepMemory.View(x, 0, shape, places);
    }

    /// <summary>Dimensions in another order.</summary>
    /// <param name="x">Of as many dimensions.</param>
    /// <param name="order">The dimension that each of the result's is.</param>
    public static Tensor permute(Tensor x, params ReadOnlySpan<long> order)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (IsRecorded()) return x.permute(order.ToArray());
        var (sizes, strides) = LayoutOf(x);
        Span<long> shape = stackalloc long[order.Length], places = stackalloc long[order.Length];
        for (int i = 0; i < order.Length; i++) (shape[i], places[i]) = (sizes[(int)order[i]], strides[(int)order[i]]);
        return StepMemory.View(x, 0, shape, places);
    }

    /// <summary>The transpose of a matrix.</summary>
    public static Tensor t(Tensor x) => permute(x, 1, 0);

    /// <summary>One element of a dimension, without that dimension.</summary>
    public static Tensor select(Tensor x, int dimension, long index)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (sizes, strides) = LayoutOf(x);
        if (IsRecorded() || index < 0 || index >= sizes[dimension]) return x.select(dimension, index);
        Span<long> shape = stackalloc long[sizes.Length - 1], places = stackalloc long[sizes.Length - 1];
        Leave(dimension, sizes, shape);
        Leave(dimension, strides, places);
        return StepMemory.View(x, index * strides[dimension], shape, places);
    }

    /// <summary>A part of a dimension.</summary>
    public static Tensor narrow(Tensor x, int dimension, long start, long length)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (sizes, strides) = LayoutOf(x);
        if (IsRecorded() || start < 0 || length < 0 || start + length > sizes[dimension])
            return x.narrow(dimension, start, length);
        Span<long> shape = stackalloc long[sizes.Length];
        sizes.CopyTo(shape);
        shape[dimension] = length;
        return StepMemory.View(x, start * strides[dimension], shape, strides);
    }

    /// <summary>Dimensions of size 1 repeated, without memory, to the shape of another tensor.</summary>
    /// <param name="x">[..., C] with any dimensions of size 1, also fewer of them.</param>
    /// <param name="like">[..., C].</param>
    public static Tensor expand_as(Tensor x, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(like);
        if (IsRecorded()) return x.expand_as(like);
        var (sizes, _) = LayoutOf(like);
        return expand(x, sizes);
    }

    /// <summary>Dimensions of size 1 repeated, without memory, to a shape; −1 is the size that there is.</summary>
    public static Tensor expand(Tensor x, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (sizes, strides) = LayoutOf(x);
        int lead = shape.Length - sizes.Length;
        if (IsRecorded() || lead < 0) return x.expand(shape.ToArray());
        Span<long> wanted = stackalloc long[shape.Length], places = stackalloc long[shape.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            long own = i < lead ? 1 : sizes[i - lead];
            wanted[i] = shape[i] == -1 && i >= lead ? own : shape[i];
            if (own != wanted[i] && own != 1) return x.expand(shape.ToArray());
            places[i] = own == wanted[i] && i >= lead ? strides[i - lead] : 0;
        }

        return StepMemory.View(x, 0, wanted, places);
    }

    /// <summary>x ← y, repeated to x's shape.</summary>
    public static Tensor copy_(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return CopyLoop.TryRun(x, y) ? x : x.copy_(y);
    }

    /// <summary>The same elements row by row: as a view where they lie so, else as a copy.</summary>
    public static Tensor contiguous(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (IsRecorded() || !IsNumbers(x)) return x.contiguous();
        var (sizes, strides) = LayoutOf(x);
        Span<long> places = stackalloc long[sizes.Length];
        TensorMemory.SetStrides(sizes, places);
        return x.is_contiguous() ? StepMemory.View(x, 0, sizes, places) : CopyOf(x, sizes, sizes);
    }

    /// <summary>The same memory as elements of another type.</summary>
    internal static Tensor view_dtype(Tensor x, ScalarType type)
    {
        var call = new OperatorCall(stackalloc ulong[2]);
        call.Add(x);
        call.Add(type);
        call.Run("aten::view"u8, "dtype"u8);
        return call.Result();
    }

    private static bool IsRecorded() => LibTorchAbi.GradModeIsEnabled() != 0;

    private static bool IsNumbers(Tensor x) => x.dtype == ScalarType.Float32 && x.device_type == DeviceType.CPU;

    private static unsafe Layout LayoutOf(Tensor x)
    {
        long rank = 0;
        long* sizes = null, strides = null;
        nint handle = x.Handle;
        if (LibTorchAbi.Dimensions(handle, &rank) != 0 || LibTorchAbi.Sizes(handle, &sizes) != 0
            || LibTorchAbi.Strides(handle, &strides) != 0) throw TorchException.Refused("a view of", x);
        return new Layout(new(sizes, (int)rank), new(strides, (int)rank));
    }

    // All numbers but one.
    private static void Leave(int dimension, ReadOnlySpan<long> numbers, Span<long> others)
    {
        numbers[..dimension].CopyTo(others);
        numbers[(dimension + 1)..].CopyTo(others[dimension..]);
    }

    private static Tensor CopyOf(Tensor x, ReadOnlySpan<long> sizes, ReadOnlySpan<long> shape)
    {
        Span<long> places = stackalloc long[sizes.Length];
        TensorMemory.SetStrides(sizes, places);
        var copy = TensorMemory.Empty(shape);
        var asGiven = StepMemory.View(copy, 0, sizes, places);
        if (!CopyLoop.TryRun(asGiven, x)) asGiven.copy_(x);
        asGiven.Free();
        return copy;
    }

    // Dimensions that lie row by row in memory are a run, which others can be cut of that have as many elements.
    private static bool TryReshape(
        ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, ReadOnlySpan<long> shape, Span<long> places)
    {
        int target = shape.Length - 1;
        int source = sizes.Length - 1;
        if (source < 0)
        {
            places.Fill(1);
            return true;
        }

        while (source >= 0)
        {
            long step = strides[source], run = sizes[source];
            while (source > 0 && (sizes[source - 1] == 1 || strides[source - 1] == run * step)) run *= sizes[--source];
            long cut = 1;
            while (target >= 0 && (cut < run || shape[target] == 1))
            {
                places[target] = cut * step;
                cut *= shape[target--];
            }

            if (cut != run) return false;
            source--;
        }

        return target < 0;
    }

    private readonly ref struct Layout(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    {
        private readonly ReadOnlySpan<long> _sizes = sizes;
        private readonly ReadOnlySpan<long> _strides = strides;

        public void Deconstruct(out ReadOnlySpan<long> sizes, out ReadOnlySpan<long> strides)
        {
            sizes = _sizes;
            strides = _strides;
        }
    }
}
