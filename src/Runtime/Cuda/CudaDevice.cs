using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Dsl.Runtime;

/// <summary>A GPU: kernels in the context and the stream that libtorch computes in.</summary>
internal sealed unsafe class CudaDevice : IKernelDevice
{
    // CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, _COMPUTE_CAPABILITY_MAJOR, _COMPUTE_CAPABILITY_MINOR.
    private const int ProcessorCount = 16, Major = 75, Minor = 76;

    private static readonly ConcurrentDictionary<int, CudaDevice> s_devices = [];
    private static readonly Lazy<CudaFunctions> s_functions = new(CudaFunctions.Load);
    private static readonly Lazy<KernelCompiler> s_compiler = new(() => new(NvrtcLibrary.Load()));

    private readonly CudaFunctions _functions;
    private readonly Lazy<KernelCompiler> _compiler;
    private readonly int _index;
    private readonly nint _context;
    private readonly int _capability;

    /// <summary>A GPU by its number.</summary>
    /// <param name="functions">The driver's.</param>
    /// <param name="compiler">Asked for with the first kernel.</param>
    /// <param name="index">libtorch's number of it.</param>
    /// <exception cref="CudaException">The driver refuses.</exception>
    public CudaDevice(CudaFunctions functions, Lazy<KernelCompiler> compiler, int index)
    {
        (_functions, _compiler, _index) = (functions, compiler, index);
        int found;
        Check(functions.DeviceGet(&found, index), "cuDeviceGet");
        int device = found;
        nint context;
        Check(functions.RetainContext(&context, device), "cuDevicePrimaryCtxRetain");
        _context = context;
        Processors = Attribute(ProcessorCount);
        _capability = 10 * Attribute(Major) + Attribute(Minor);

        int Attribute(int which)
        {
            int value;
            Check(functions.DeviceGetAttribute(&value, which, device), "cuDeviceGetAttribute");
            return value;
        }
    }

    public int Processors { get; }

    /// <summary>The GPU of a number, the same one each time.</summary>
    /// <exception cref="CudaException">The driver is missing or refuses.</exception>
    public static CudaDevice Of(int index) =>
        s_devices.GetOrAdd(index, static index => new CudaDevice(s_functions.Value, s_compiler, index));

    public nint Load(CudaKernel kernel)
    {
        byte[] image = _compiler.Value.Compile(kernel, _capability);
        using var current = new Current(this);
        nint module, function;
        fixed (byte* first = image) Check(_functions.LoadModule(&module, first), "cuModuleLoadData", kernel.Name);
        fixed (byte* name = Encoding.UTF8.GetBytes(kernel.Name + '\0'))
            Check(_functions.GetFunction(&function, module, name), "cuModuleGetFunction", kernel.Name);
        return function;
    }

    public void Run(nint function, uint blocks, uint blockSize, void** arguments)
    {
        nint stream;
        if (_functions.CurrentStream(_index, &stream) != 0)
        {
            throw new CudaException(string.Create(CultureInfo.InvariantCulture,
                $"libtorch does not tell the stream of GPU {_index}; its reason stands on standard error."));
        }

        using var current = new Current(this);
        Check(_functions.LaunchKernel(function, blocks, 1, 1, blockSize, 1, 1, 0, stream, arguments, null), "cuLaunchKernel");
    }

    private void Check(int result, string function, string? kernel = null)
    {
        if (result == 0) return;
        byte* words;
        string? said = _functions.GetErrorString(result, &words) == 0 ? Marshal.PtrToStringUTF8((nint)words) : null;
        throw new CudaException(string.Create(CultureInfo.InvariantCulture,
            $"{function} has failed on GPU {_index}{(kernel is null ? "" : $" for the kernel {kernel}")}: {said ?? "no words"} "
            + $"(CUDA's error {result}). An error of an earlier kernel may show here: CUDA_LAUNCH_BLOCKING=1 in the environment "
            + $"has each one waited for. {LoopChoice.WithoutKernels}"));
    }

    // The GPU's context is that of this thread, which may be a new one.
    private readonly ref struct Current
    {
        private readonly CudaDevice? _pushed;

        public Current(CudaDevice device)
        {
            nint context;
            device.Check(device._functions.GetContext(&context), "cuCtxGetCurrent");
            if (context == device._context) return;
            device.Check(device._functions.PushContext(device._context), "cuCtxPushCurrent");
            _pushed = device;
        }

        public void Dispose()
        {
            nint before;
            if (_pushed is not null) _ = _pushed._functions.PopContext(&before);
        }
    }
}
