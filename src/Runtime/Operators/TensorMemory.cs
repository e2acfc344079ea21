using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The memory behind a tensor, for loops of our own.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Whether a loop can go over a tensor as it lies: floating numbers in the processor's memory, row-major without
    /// gaps.</summary>
    public static bool IsPlain(Tensor tensor)
    {
        byte contiguous = 0;
        return tensor.device_type == DeviceType.CPU && tensor.dtype is (ScalarType.Float32 or ScalarType.Float64)
            && LibTorchAbi.IsContiguous(tensor.Handle, &contiguous) == 0 && contiguous != 0;
    }

    /// <summary>The first element. Valid as long as the tensor is: keep it alive, and undisposed, while the pointer is in
    /// use.</summary>
    public static void* Pointer(Tensor tensor)
    {
        void* pointer;
        return LibTorchAbi.DataPointer(tensor.Handle, &pointer) == 0
            ? pointer
            : throw TorchException.Refused("the memory of", tensor);
    }
}
