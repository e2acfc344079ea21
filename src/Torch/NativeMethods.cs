using System.Runtime.InteropServices;

namespace Dsl.Torch;

/// <summary>
/// The C ABI of the shim (<c>src/Torch.Native/dsl_torch.h</c>). A status of 0 is success; anything else leaves a text in
/// <see cref="LastError"/>. Pure getters skip the garbage collector's transition: they read a field and return.
/// </summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "dsl_torch";

    // ---- library
    [LibraryImport(Library, EntryPoint = "dsl_torch_version")]
    public static partial byte* TorchVersion();

    [LibraryImport(Library, EntryPoint = "dsl_last_error")]
    public static partial byte* LastError();

    [LibraryImport(Library, EntryPoint = "dsl_free")]
    public static partial void Free(void* memory);

    [LibraryImport(Library, EntryPoint = "dsl_get_num_threads")]
    public static partial int GetNumThreads();

    [LibraryImport(Library, EntryPoint = "dsl_set_num_threads")]
    public static partial int SetNumThreads(int count);

    // ---- operators
    [LibraryImport(Library, EntryPoint = "dsl_operator_find")]
    public static partial int OperatorFind(byte* name, byte* overload, nint* result);

    [LibraryImport(Library, EntryPoint = "dsl_operator_schema")]
    public static partial byte* OperatorSchema(nint operation);

    [LibraryImport(Library, EntryPoint = "dsl_operator_list")]
    public static partial int OperatorList(byte** text);

    [LibraryImport(Library, EntryPoint = "dsl_operator_call")]
    public static partial int OperatorCall(
        nint operation, Value* arguments, int argumentCount, Value* results, int resultCount);

    // ---- tensors
    [LibraryImport(Library, EntryPoint = "dsl_tensor_free")]
    public static partial void TensorFree(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_alias")]
    public static partial int TensorAlias(nint tensor, nint* result);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_from_memory")]
    public static partial int TensorFromMemory(
        void* data, long* sizes, int dimensions, int scalarType, int deviceType, int deviceIndex, nint* result);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_copy_to_memory")]
    public static partial int TensorCopyToMemory(nint tensor, void* destination, long bytes);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_scalar_type"), SuppressGCTransition]
    public static partial int TensorScalarType(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_device_type"), SuppressGCTransition]
    public static partial int TensorDeviceType(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_device_index"), SuppressGCTransition]
    public static partial int TensorDeviceIndex(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_layout"), SuppressGCTransition]
    public static partial int TensorLayout(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_dim"), SuppressGCTransition]
    public static partial int TensorDim(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_numel"), SuppressGCTransition]
    public static partial long TensorNumel(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_element_size"), SuppressGCTransition]
    public static partial int TensorElementSize(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_storage_offset"), SuppressGCTransition]
    public static partial long TensorStorageOffset(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_sizes"), SuppressGCTransition]
    public static partial long* TensorSizes(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_strides"), SuppressGCTransition]
    public static partial long* TensorStrides(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_data"), SuppressGCTransition]
    public static partial void* TensorData(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_is_contiguous"), SuppressGCTransition]
    public static partial int TensorIsContiguous(nint tensor, int memoryFormat);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_requires_grad"), SuppressGCTransition]
    public static partial int TensorRequiresGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_is_leaf"), SuppressGCTransition]
    public static partial int TensorIsLeaf(nint tensor);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_set_requires_grad")]
    public static partial int TensorSetRequiresGrad(nint tensor, int value);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_grad")]
    public static partial int TensorGrad(nint tensor, nint* result);

    [LibraryImport(Library, EntryPoint = "dsl_tensor_set_grad")]
    public static partial int TensorSetGrad(nint tensor, nint gradient);

    // ---- autograd
    [LibraryImport(Library, EntryPoint = "dsl_grad_mode"), SuppressGCTransition]
    public static partial int GradMode();

    [LibraryImport(Library, EntryPoint = "dsl_set_grad_mode"), SuppressGCTransition]
    public static partial void SetGradMode(int enabled);

    [LibraryImport(Library, EntryPoint = "dsl_no_autograd_enter"), SuppressGCTransition]
    public static partial void NoAutogradEnter(ThreadState* previous);

    [LibraryImport(Library, EntryPoint = "dsl_no_autograd_leave"), SuppressGCTransition]
    public static partial void NoAutogradLeave(ThreadState* previous);

    [LibraryImport(Library, EntryPoint = "dsl_inference_mode_enter")]
    public static partial int InferenceModeEnter(int enabled, nint* guard);

    [LibraryImport(Library, EntryPoint = "dsl_inference_mode_leave")]
    public static partial void InferenceModeLeave(nint guard);

    [LibraryImport(Library, EntryPoint = "dsl_autograd_backward")]
    public static partial int AutogradBackward(
        nint* tensors, nint* gradients, int count, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library, EntryPoint = "dsl_autograd_grad")]
    public static partial int AutogradGrad(
        nint* outputs, nint* gradients, int count, nint* inputs, int inputCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);

    // ---- random numbers
    [LibraryImport(Library, EntryPoint = "dsl_generator_new")]
    public static partial int GeneratorNew(int deviceType, int deviceIndex, ulong seed, nint* result);

    [LibraryImport(Library, EntryPoint = "dsl_generator_default")]
    public static partial int GeneratorDefault(int deviceType, int deviceIndex, nint* result);

    [LibraryImport(Library, EntryPoint = "dsl_generator_free")]
    public static partial void GeneratorFree(nint generator);

    [LibraryImport(Library, EntryPoint = "dsl_generator_seed")]
    public static partial int GeneratorSeed(nint generator, ulong seed);

    [LibraryImport(Library, EntryPoint = "dsl_generator_initial_seed")]
    public static partial int GeneratorInitialSeed(nint generator, ulong* seed);

    [LibraryImport(Library, EntryPoint = "dsl_generator_state")]
    public static partial int GeneratorState(nint generator, nint* result);

    [LibraryImport(Library, EntryPoint = "dsl_generator_set_state")]
    public static partial int GeneratorSetState(nint generator, nint state);

    [LibraryImport(Library, EntryPoint = "dsl_manual_seed")]
    public static partial int ManualSeed(ulong seed);

    // ---- devices
    [LibraryImport(Library, EntryPoint = "dsl_cuda_is_available")]
    public static partial int CudaIsAvailable();

    [LibraryImport(Library, EntryPoint = "dsl_cuda_cudnn_is_available")]
    public static partial int CudaCudnnIsAvailable();

    [LibraryImport(Library, EntryPoint = "dsl_cuda_device_count")]
    public static partial int CudaDeviceCount();

    [LibraryImport(Library, EntryPoint = "dsl_cuda_synchronize")]
    public static partial int CudaSynchronize(int deviceIndex);
}
