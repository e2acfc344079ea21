using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// The C functions that libtorch exports for extensions and keeps stable (torch/csrc/stable/c/shim.h and
/// torch/csrc/inductor/aoti_torch/c/shim.h). A tensor there is what <c>Tensor.Handle</c> is here; each function returns 0,
/// or 1 after an error whose text it has written to standard error.
/// </summary>
internal static unsafe partial class LibTorchAbi
{
    /// <summary>libtorch, as the loader resolves it for this assembly.</summary>
    public const string Library = "torch_cpu";

    /// <summary>The version of the interface that calls are encoded for: 2.10, as libtorch packs it.</summary>
    public const ulong Version = (2UL << 56) | (10UL << 48);

    /// <summary>c10::ScalarType::Float, ::Long, ::BFloat16, and c10::DeviceType::CPU, ::CUDA.</summary>
    public const int Float32 = 6, Int64 = 4, BFloat16 = 15, Processor = 0, Cuda = 1;

    [LibraryImport(Library, EntryPoint = "torch_call_dispatcher")]
    public static partial int CallDispatcher(byte* name, byte* overload, ulong* stack, ulong version);

    [LibraryImport(Library, EntryPoint = "aoti_torch_new_tensor_handle")]
    public static partial int NewTensorHandle(nint tensor, nint* alias);

    [LibraryImport(Library, EntryPoint = "aoti_torch_delete_tensor_object")]
    public static partial int DeleteTensor(nint tensor);

    [LibraryImport(Library, EntryPoint = "aoti_torch_is_defined")]
    public static partial int IsDefined(nint tensor, byte* defined);

    [LibraryImport(Library, EntryPoint = "torch_new_list_reserve_size")]
    public static partial int NewList(nuint size, nint* list);

    [LibraryImport(Library, EntryPoint = "torch_list_push_back")]
    public static partial int PushBack(nint list, ulong element);

    [LibraryImport(Library, EntryPoint = "torch_new_string_handle")]
    public static partial int NewText(byte* bytes, nuint length, nint* text);

    [LibraryImport(Library, EntryPoint = "aoti_torch_addmm_out")]
    public static partial int AddMatrixProduct(nint output, nint addend, nint left, nint right, float beta, float alpha);

    [LibraryImport(Library, EntryPoint = "aoti_torch_mm_out")]
    public static partial int MatrixProduct(nint output, nint left, nint right);

    [LibraryImport(Library, EntryPoint = "aoti_torch_bmm_out")]
    public static partial int MatrixProducts(nint output, nint left, nint right);

    [LibraryImport(Library, EntryPoint = "aoti_torch_empty_strided")]
    public static partial int NewEmpty(
        long dimensions, long* sizes, long* strides, int type, int deviceType, int device, nint* tensor);

    // The offset counts from the tensor's own.
    [LibraryImport(Library, EntryPoint = "aoti_torch__reinterpret_tensor")]
    public static partial int Reinterpret(
        nint tensor, long dimensions, long* sizes, long* strides, long offset, nint* view);

    // What follows looks a member up and returns: it is over before the garbage collector could wait for it.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_data_ptr")]
    public static partial int DataPointer(nint tensor, void** pointer);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_dim")]
    public static partial int Dimensions(nint tensor, long* dimensions);

    // Arrays of the tensor's own, which last as long as it is.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_sizes")]
    public static partial int Sizes(nint tensor, long** sizes);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_strides")]
    public static partial int Strides(nint tensor, long** strides);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_dtype")]
    public static partial int ElementType(nint tensor, int* type);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_device_type")]
    public static partial int DeviceType(nint tensor, int* type);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_get_device_index")]
    public static partial int DeviceIndex(nint tensor, int* index);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_grad_mode_is_enabled")]
    public static partial byte GradModeIsEnabled();

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_grad_mode_set_enabled")]
    public static partial void SetGradMode(byte isEnabled);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "aoti_torch_is_contiguous")]
    public static partial int IsContiguous(nint tensor, byte* contiguous);

    [LibraryImport(Library, EntryPoint = "torch_parallel_for")]
    public static partial int ParallelFor(
        long begin, long end, long grain, delegate* unmanaged<long, long, void*, void> body, void* context);
}
