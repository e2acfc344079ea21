using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A tensor for a kernel: of one type, on a device where kernels run, without gaps. Valid as long as the tensor is: keep
/// it alive.</summary>
internal readonly unsafe ref struct KernelTensor
{
    private KernelTensor(ulong pointer, int device, ReadOnlySpan<long> sizes)
    {
        Pointer = pointer;
        Device = device;
        Sizes = sizes;
    }

    /// <summary>The place of its first element, as an argument.</summary>
    public ulong Pointer { get; }

    /// <summary>The number of its device.</summary>
    public int Device { get; }

    /// <summary>The tensor's shape.</summary>
    public ReadOnlySpan<long> Sizes { get; }

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

    /// <summary>A tensor as kernels take it, outside of autograd; false where none may go over it.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="found">What it is there.</param>
    /// <param name="type">Type of its elements, as libtorch numbers it.</param>
    public static bool TryOf(Tensor tensor, out KernelTensor found, int type = LibTorchAbi.Float32)
    {
        nint handle = tensor.Handle;
        int device = -1;
        long rank = -1;
        void* pointer = null;
        long* sizes = null;
        bool fits = CudaKernel.IsThere(tensor, type) && LoopChoice.CanRun && LibTorchAbi.DeviceIndex(handle, &device) == 0
            && LibTorchAbi.Dimensions(handle, &rank) == 0 && LibTorchAbi.Sizes(handle, &sizes) == 0
            && LibTorchAbi.DataPointer(handle, &pointer) == 0;
        found = fits ? new KernelTensor((ulong)pointer, device, new(sizes, (int)rank)) : default;
        return fits;
    }

    /// <summary>Whether a kernel may go over both, element by element.</summary>
    public bool Fits(in KernelTensor other) => other.Device == Device && other.Sizes.SequenceEqual(Sizes);
}
