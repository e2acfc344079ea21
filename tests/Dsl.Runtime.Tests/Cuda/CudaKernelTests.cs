using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>What a kernel asks of the compiler and the driver, and what it says where they are missing or refuse.</summary>
public unsafe class CudaKernelTests
{
    private const string Scale = """
        extern "C" __global__ void scale(const float* x, double factor, long long count, float* y)
        {
            for (long long i = thread_index(); i < count; i += thread_count()) y[i] = x[i] * (float)factor;
        }
        """;

    [ThreadStatic]
    private static List<string>? t_calls;

    // The thread's context before, and a function that fails.
    [ThreadStatic]
    private static nint t_context;

    [ThreadStatic]
    private static string? t_failing;

    [EmulatedFact]
    public void Arguments_are_pointers_integers_and_doubles()
    {
        using var scope = NewDisposeScope();
        var kernel = new CudaKernel("scale", Scale);
        using var emulated = EmulatedDevice.Begin(out var device);
        foreach (long count in new long[] { 0, 1, 300, 5000 })
        {
            Tensor x = randn(count), y = zeros(count);
            kernel.Launch(x, count, CudaKernel.Pointer(x), CudaKernel.Number(-2.5), (ulong)count, CudaKernel.Pointer(y));
            Close.To(x * -2.5, y, 0);
        }

        Assert.Equal(["scale", "scale", "scale"], device.Launched);
        Assert.Equal(("scale", Scale), (kernel.Name, kernel.Source));
    }

    [EmulatedFact]
    public void Functions_before_every_kernel_are_those_of_libtorch()
    {
        using var scope = NewDisposeScope();
        var kernel = new CudaKernel("functions", """
            extern "C" __global__ void functions(const float* x, const float* y, long long count, float* results)
            {
                for (long long i = thread_index(); i < count; i += thread_count())
                {
                    results[i] = larger(x[i], y[i]);
                    results[count + i] = smaller(x[i], y[i]);
                    results[2 * count + i] = sigmoid(x[i]);
                    results[3 * count + i] = silu(x[i]);
                    results[4 * count + i] = gelu(x[i]);
                    results[5 * count + i] = gelu_tanh(x[i]);
                    results[6 * count + i] = sign(x[i]);
                }
            }
            """);
        const float none = float.NaN, infinite = float.PositiveInfinity;
        Tensor x = cat([randn(300) * 3, tensor(new[] { none, 1, infinite, -infinite, 0, -0f })]);
        Tensor y = cat([randn(300) * 3, tensor(new[] { 1, none, none, 2, 0, 0f })]), results = zeros(7, x.numel());
        using var emulated = EmulatedDevice.Begin(out _);
        kernel.Launch(
            x, x.numel(), CudaKernel.Pointer(x), CudaKernel.Pointer(y), (ulong)x.numel(), CudaKernel.Pointer(results));
        var wide = x.to(ScalarType.Float64);
        Close.To(maximum(x, y), results[0], 0);
        Close.To(minimum(x, y), results[1], 0);
        Close.To(wide.sigmoid(), results[2], 1e-6);
        Close.To(nn.functional.silu(wide), results[3], 1e-6);
        Close.To(wide.gelu(), results[4], 1e-6);
        Close.To(wide.gelu(TorchSharp.Modules.GELU.Approximate.tanh), results[5], 1e-6);
        Close.To(where(x.isnan(), x, x.sign()), results[6], 0);
    }

    [Fact]
    public void A_launch_has_as_many_arguments_as_the_kernel_has_parameters()
    {
        using var scope = NewDisposeScope();
        using var emulated = EmulatedDevice.Begin(out _);
        var wrong = Assert.Throws<ArgumentException>(() => new CudaKernel("scale", Scale).Launch(zeros(3), 3, 1, 2, 3));
        Assert.Contains("The kernel scale has 4 parameters, and was given 3.", wrong.Message);
    }

    [Fact]
    public void The_source_has_the_function()
    {
        Assert.Contains("has no function extern \"C\" __global__ void scales(...).",
            Assert.Throws<ArgumentException>(() => new CudaKernel("scales", Scale)).Message);
        Assert.Throws<ArgumentException>(() => new CudaKernel("scale", Scale.Replace("__global__", "__device__")));
    }

    [Fact]
    public void Kernels_run_on_gpus_over_plain_numbers_outside_of_autograd()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(4, 6), matrix = zeros(4, 6).t(), doubles = zeros(3, ScalarType.Float64);
        using (no_grad()) Assert.False(CudaKernel.CanRun(x));
        Assert.Contains("Kernels run on CUDA devices, and the tensor is on cpu.",
            Assert.Throws<ArgumentException>(() => new CudaKernel("scale", Scale).Launch(x, 1, 0, 0, 0, 0)).Message);
        using var emulated = EmulatedDevice.Begin(out _);
        Assert.False(CudaKernel.CanRun(x));
        using var noGrad = no_grad();
        Assert.True(CudaKernel.CanRun(x));
        Assert.False(CudaKernel.CanRun(matrix));
        Assert.False(CudaKernel.CanRun(doubles));
    }

    [Fact]
    public void Without_a_compiler_the_message_says_where_it_was_looked_for()
    {
        var missing = Assert.Throws<CudaException>(() => NvrtcLibrary.Load(["/nowhere/libnvrtc.so.12", "libnvrtc.so.0"], null));
        Assert.Contains("it was looked for as /nowhere/libnvrtc.so.12, libnvrtc.so.0.", missing.Message);
        Assert.Contains("DSL_LOOPS=libtorch in the environment has libtorch compute without kernels.", missing.Message);
        missing = Assert.Throws<CudaException>(() => NvrtcLibrary.Load([], "/mine/libnvrtc.so"));
        Assert.Contains("it was looked for as /mine/libnvrtc.so.", missing.Message);
    }

    [Fact]
    public void A_compiler_beside_libtorch_is_found_whatever_its_version()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string[] files = OperatingSystem.IsWindows()
            ? ["nvrtc64_120_0.dll", "nvrtc64_120_0.alt.dll", "nvrtc-builtins64_128.dll"]
            : ["libnvrtc-b51b459d.so.12", "libnvrtc.alt.so.12", "libnvrtc-builtins.so.12.8"];
        foreach (string file in files) File.WriteAllText(Path.Combine(folder, file), "");
        Assert.Equal([Path.Combine(folder, files[0])], NvrtcLibrary.Within(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_library_without_a_function_is_named()
    {
        Assert.Contains("/some/libnvrtc.so has no function nvrtcGetNumSupportedArchs: NVRTC 11.2 or later is needed.",
            Assert.Throws<CudaException>(() => new NvrtcFunctions(_ => 0, "/some/libnvrtc.so")).Message);
        Assert.Contains("have no function cuDeviceGet: a driver of CUDA 11 or later is needed",
            Assert.Throws<CudaException>(() => new CudaFunctions(_ => 0)).Message);
    }

    [NvrtcTheory]
    [InlineData(7)]
    [InlineData(0)]
    public void A_launch_is_in_the_context_and_the_stream_of_libtorch(int context)
    {
        (t_calls, t_context, t_failing) = ([], context, null);
        IKernelDevice device = Device();
        Assert.Equal(132, device.Processors);
        nint function = device.Load(new CudaKernel("scale", Scale));
        ulong argument = 5;
        void* place = &argument;
        device.Run(function, 3, 256, &place);
        string[] around = context == 7 ? [] : ["push 7"], behind = context == 7 ? [] : ["pop"];
        Assert.Equal(
            ["retain 2", .. around, "load ELF", "get scale of 8", .. behind, .. around, "launch 9: 3 x 256 in 11, 5", .. behind],
            t_calls);
        Assert.Equal(context, t_context);
    }

    [NvrtcFact]
    public void What_the_driver_refuses_is_told_in_its_words()
    {
        (t_calls, t_context, t_failing) = ([], 0, "cuLaunchKernel");
        var device = Device();
        var refused = Assert.Throws<CudaException>(() => device.Run(9, 1, 32, null));
        Assert.StartsWith("cuLaunchKernel has failed on GPU 2: too many resources (CUDA's error 701).", refused.Message);
        Assert.Equal(0, t_context);
        t_failing = "cuModuleLoadData";
        refused = Assert.Throws<CudaException>(() => device.Load(new CudaKernel("scale", Scale)));
        Assert.StartsWith("cuModuleLoadData has failed on GPU 2 for the kernel scale: ", refused.Message);
        t_failing = "cuDevicePrimaryCtxRetain";
        Assert.StartsWith("cuDevicePrimaryCtxRetain has failed on GPU 2",
            Assert.Throws<CudaException>(() => Device()).Message);
    }

    private static CudaDevice Device() => new(new CudaFunctions(Function), new(() => SystemNvrtc.Compiler), 2);

    // A driver that writes down what is asked of it.
    private static nint Function(string name) => name switch
    {
        "cuDeviceGet" => (nint)(delegate* unmanaged<int*, int, int>)&Get,
        "cuDeviceGetAttribute" => (nint)(delegate* unmanaged<int*, int, int, int>)&Attribute,
        "cuDevicePrimaryCtxRetain" => (nint)(delegate* unmanaged<nint*, int, int>)&Retain,
        "cuCtxGetCurrent" => (nint)(delegate* unmanaged<nint*, int>)&Current,
        "cuCtxPushCurrent_v2" => (nint)(delegate* unmanaged<nint, int>)&Push,
        "cuCtxPopCurrent_v2" => (nint)(delegate* unmanaged<nint*, int>)&Pop,
        "cuModuleLoadData" => (nint)(delegate* unmanaged<nint*, byte*, int>)&LoadModule,
        "cuModuleGetFunction" => (nint)(delegate* unmanaged<nint*, nint, byte*, int>)&GetFunction,
        "cuLaunchKernel" => (nint)(delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)
            &Launch,
        "cuGetErrorString" => (nint)(delegate* unmanaged<int, byte**, int>)&Words,
        "aoti_torch_get_current_cuda_stream" => (nint)(delegate* unmanaged<int, nint*, int>)&Stream,
        _ => 0,
    };

    private static int Result(string function) => t_failing == function ? 701 : 0;

    [UnmanagedCallersOnly]
    private static int Get(int* device, int index)
    {
        *device = index;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Attribute(int* value, int attribute, int device)
    {
        *value = attribute switch { 16 => 132, 75 => 8, 76 => 0, _ => -1 };
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Retain(nint* context, int device)
    {
        t_calls!.Add($"retain {device}");
        *context = 7;
        return Result("cuDevicePrimaryCtxRetain");
    }

    [UnmanagedCallersOnly]
    private static int Current(nint* context)
    {
        *context = t_context;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Push(nint context)
    {
        t_calls!.Add($"push {context}");
        t_context = context;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Pop(nint* context)
    {
        t_calls!.Add("pop");
        t_context = 0;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int LoadModule(nint* module, byte* image)
    {
        t_calls!.Add($"load {(char)image[1]}{(char)image[2]}{(char)image[3]}");
        *module = 8;
        return Result("cuModuleLoadData");
    }

    [UnmanagedCallersOnly]
    private static int GetFunction(nint* function, nint module, byte* name)
    {
        t_calls!.Add($"get {Marshal.PtrToStringUTF8((nint)name)} of {module}");
        *function = 9;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Launch(
        nint function, uint blocks, uint secondBlocks, uint thirdBlocks, uint threads, uint secondThreads, uint thirdThreads,
        uint shared, nint stream, void** arguments, void** nothing)
    {
        if (Result("cuLaunchKernel") is not 0 and var failed) return failed;
        Assert.Equal((1u, 1u, 1u, 1u, 0u), (secondBlocks, thirdBlocks, secondThreads, thirdThreads, shared));
        t_calls!.Add($"launch {function}: {blocks} x {threads} in {stream}, {*(ulong*)arguments[0]}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Words(int result, byte** words)
    {
        fixed (byte* first = "too many resources\0"u8) *words = first;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Stream(int device, nint* stream)
    {
        *stream = 11;
        return device == 2 ? 0 : 1;
    }
}
