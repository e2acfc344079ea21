using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// What is called of CUDA's driver, and of libtorch for the stream that it computes in. Pointers, since libraries of GPUs are
/// looked for when a GPU asks, and not before. libtorch has initialized the driver by then: there is a tensor on its device.
/// </summary>
internal sealed unsafe class CudaFunctions
{
    /// <summary>The functions.</summary>
    /// <param name="find">The address of a function; 0 where there is none of that name.</param>
    /// <exception cref="CudaException">A function is missing.</exception>
    public CudaFunctions(Func<string, nint> find)
    {
        DeviceGet = (delegate* unmanaged<int*, int, int>)Named("cuDeviceGet");
        DeviceGetAttribute = (delegate* unmanaged<int*, int, int, int>)Named("cuDeviceGetAttribute");
        RetainContext = (delegate* unmanaged<nint*, int, int>)Named("cuDevicePrimaryCtxRetain");
        GetContext = (delegate* unmanaged<nint*, int>)Named("cuCtxGetCurrent");
        PushContext = (delegate* unmanaged<nint, int>)Named("cuCtxPushCurrent_v2");
        PopContext = (delegate* unmanaged<nint*, int>)Named("cuCtxPopCurrent_v2");
        LoadModule = (delegate* unmanaged<nint*, void*, int>)Named("cuModuleLoadData");
        GetFunction = (delegate* unmanaged<nint*, nint, byte*, int>)Named("cuModuleGetFunction");
        LaunchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)
            Named("cuLaunchKernel");
        GetErrorString = (delegate* unmanaged<int, byte**, int>)Named("cuGetErrorString");
        CurrentStream = (delegate* unmanaged<int, nint*, int>)Named("aoti_torch_get_current_cuda_stream");

        nint Named(string name) => find(name) is not 0 and var address ? address : throw new CudaException(
            $"The libraries of CUDA and libtorch that were loaded have no function {name}: a driver of CUDA 11 or later is "
            + $"needed, and libtorch 2.10 with CUDA. {LoopChoice.WithoutKernels}");
    }

    /// <summary>The device of an ordinal.</summary>
    public delegate* unmanaged<int*, int, int> DeviceGet { get; }

    /// <summary>Value, attribute, device.</summary>
    public delegate* unmanaged<int*, int, int, int> DeviceGetAttribute { get; }

    /// <summary>The context of a device that libtorch uses too.</summary>
    public delegate* unmanaged<nint*, int, int> RetainContext { get; }

    /// <summary>The context of this thread.</summary>
    public delegate* unmanaged<nint*, int> GetContext { get; }

    /// <summary>Another context for this thread.</summary>
    public delegate* unmanaged<nint, int> PushContext { get; }

    /// <summary>The context before it again.</summary>
    public delegate* unmanaged<nint*, int> PopContext { get; }

    /// <summary>A module of an image, machine code or PTX.</summary>
    public delegate* unmanaged<nint*, void*, int> LoadModule { get; }

    /// <summary>A function of a module by its name.</summary>
    public delegate* unmanaged<nint*, nint, byte*, int> GetFunction { get; }

    /// <summary>Function, three numbers of blocks, three of threads, shared bytes, stream, places of arguments, null.</summary>
    public delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>
        LaunchKernel { get; }

    /// <summary>The driver's words for a result.</summary>
    public delegate* unmanaged<int, byte**, int> GetErrorString { get; }

    /// <summary>The stream that libtorch computes in on this thread, of a GPU.</summary>
    public delegate* unmanaged<int, nint*, int> CurrentStream { get; }

    /// <summary>The functions of the driver and of the libtorch that TorchSharp has loaded.</summary>
    /// <exception cref="CudaException">A library is not there.</exception>
    public static CudaFunctions Load()
    {
        nint driver = Library(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", "the driver of NVIDIA's GPUs");
        nint torch = Library("torch_cuda", "libtorch with CUDA");
        return new(name => NativeLibrary.TryGetExport(
            name.StartsWith("cu", StringComparison.Ordinal) ? driver : torch, name, out nint address) ? address : 0);
    }

    private static nint Library(string file, string what) =>
        NativeLibrary.TryLoad(file, typeof(torch).Assembly, searchPath: null, out nint library) ? library
            : throw new CudaException(
                $"Kernels are launched by {file}, {what}, which cannot be loaded. {LoopChoice.WithoutKernels}");
}
