using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Where the elements of a tensor lie, for loops of our own: 32-bit numbers in the processor's memory. Valid as long as
/// the tensor is: keep it alive.</summary>
internal readonly unsafe ref struct TensorLayout
{
    private TensorLayout(float* data, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    {
        Data = data;
        Sizes = sizes;
        Strides = strides;
    }

    /// <summary>The first element.</summary>
    public float* Data { get; }

    /// <summary>The tensor's shape.</summary>
    public ReadOnlySpan<long> Sizes { get; }

    /// <summary>Elements from one to the next in each dimension.</summary>
    public ReadOnlySpan<long> Strides { get; }

    /// <summary>Number of dimensions.</summary>
    public int Rank => Sizes.Length;

    /// <summary>Number of elements.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long size in Sizes) count *= size;
            return count;
        }
    }

    /// <summary>Whether the elements lie row by row without gaps.</summary>
    public bool IsPlain
    {
        get
        {
            long step = 1;
            for (int i = Rank - 1; i >= 0; i--)
            {
                if (Sizes[i] != 1 && Strides[i] != step) return false;
                step *= Sizes[i];
            }

            return true;
        }
    }

    /// <summary>Whether all elements are one number in memory, repeated.</summary>
    public bool IsRepeated
    {
        get
        {
            for (int i = 0; i < Rank; i++)
                if (Sizes[i] != 1 && Strides[i] != 0) return false;
            return true;
        }
    }

    /// <summary>Dimensions from one on as one.</summary>
    /// <param name="first">The first.</param>
    /// <param name="behind">The one behind the last.</param>
    /// <param name="count">Their elements.</param>
    /// <param name="stride">Elements in memory from one to the next.</param>
    /// <returns>Whether they lie so.</returns>
    public bool TryRun(int first, int behind, out long count, out long stride)
    {
        (count, stride) = (1, 1);
        for (int i = behind - 1; i >= first; i--)
        {
            if (Sizes[i] == 1) continue;
            if (count == 1) stride = Strides[i];
            else if (Strides[i] != count * stride) return false;
            count *= Sizes[i];
        }

        return true;
    }

    /// <summary>The layout of a tensor; false where no loop of ours can go over it.</summary>
    public static bool TryOf(Tensor tensor, out TensorLayout layout) =>
        TryOf(tensor, LibTorchAbi.Float32, out layout);

    /// <summary>The same of elements of another type, as libtorch numbers it, whatever <see cref="Data"/> points to.</summary>
    public static bool TryOf(Tensor tensor, int wanted, out TensorLayout layout)
    {
        nint handle = tensor.Handle;
        int device = -1, type = -1;
        long rank = -1;
        void* pointer = null;
        long* sizes = null, strides = null;
        bool fits = LibTorchAbi.DeviceType(handle, &device) == 0 && device == LibTorchAbi.Processor
            && LibTorchAbi.ElementType(handle, &type) == 0 && type == wanted
            && LibTorchAbi.Dimensions(handle, &rank) == 0
            && LibTorchAbi.Sizes(handle, &sizes) == 0 && LibTorchAbi.Strides(handle, &strides) == 0
            && LibTorchAbi.DataPointer(handle, &pointer) == 0;
        layout = fits ? new TensorLayout((float*)pointer, new(sizes, (int)rank), new(strides, (int)rank)) : default;
        return fits;
    }

    /// <summary>The same of elements of any type that a step's memory has, and that type.</summary>
    public static bool TryOf(Tensor tensor, out TensorLayout layout, out int type)
    {
        fixed (int* found = &type)
        {
            if (LibTorchAbi.ElementType(tensor.Handle, found) == 0
                && (*found is LibTorchAbi.Float32 or LibTorchAbi.Int64 or LibTorchAbi.BFloat16))
                return TryOf(tensor, *found, out layout);
        }

        layout = default;
        return false;
    }

    /// <summary>The matrix that two dimensions are, at the first place of all others.</summary>
    /// <param name="dimension">That of the rows; the columns are the next.</param>
    public StridedMatrix Matrix(int dimension) => new(
        (nint)Data, Sizes[dimension], Sizes[dimension + 1], Strides[dimension], Strides[dimension + 1]);
}
