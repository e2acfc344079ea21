using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A kernel in CUDA C. It is compiled once for each device by NVRTC, when it is launched there first, and launched in the stream
/// that libtorch computes in: nothing waits. Parameters are pointers, <c>long long</c> and <c>double</c>, 8 bytes each.
/// </summary>
/// <remarks>Before the source stand functions that kernels share: <c>thread_index()</c> and <c>thread_count()</c> of a loop over
/// elements, <c>larger</c>, <c>smaller</c>, <c>sign</c>, <c>sigmoid</c>, <c>silu</c>, <c>gelu</c>, and <c>block_sum</c> and
/// <c>block_largest</c> of a block's values. Wherever kernels run, <c>DSL_LOOPS=libtorch</c> has libtorch compute operator by
/// operator in their place.</remarks>
public sealed partial class CudaKernel
{
    private const int ElementBlock = 256, BlocksOfProcessor = 8;

    private readonly Lock _loading = new();
    private readonly int _parameters;

    // One entry for each device that has launched it.
    private Loaded[] _loaded = [];

    /// <summary>A kernel, which is not compiled yet.</summary>
    /// <param name="name">The function in the source: <c>extern "C" __global__ void name(...)</c>.</param>
    /// <param name="source">CUDA C.</param>
    /// <exception cref="ArgumentException">The source has no such function.</exception>
    public CudaKernel(string name, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        var head = Heads().Matches(source).FirstOrDefault(match => match.Groups["name"].Value == name)
            ?? throw new ArgumentException(
                $"The source has no function extern \"C\" __global__ void {name}(...).", nameof(source));
        string declared = head.Groups["parameters"].Value;
        _parameters = string.IsNullOrWhiteSpace(declared) ? 0 : declared.Count(letter => letter == ',') + 1;
        (Name, Source) = (name, source);
    }

    /// <summary>The name of the function.</summary>
    public string Name { get; }

    /// <summary>The source as it was given, without what stands before it.</summary>
    public string Source { get; }

    /// <summary>In place of the GPUs, for kernels over tensors in the processor's memory on this thread; null for none.</summary>
    [field: ThreadStatic]
    internal static IKernelDevice? StandIn { get; set; }

    /// <summary>Whether kernels run over a tensor now: 32-bit numbers on a CUDA device, without gaps, outside of autograd, and
    /// without <c>DSL_LOOPS=libtorch</c>.</summary>
    /// <remarks>That NVRTC is missing is no reason against: the first launch then says so.</remarks>
    public static bool CanRun(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return IsThere(tensor, LibTorchAbi.Float32) && LoopChoice.CanRun;
    }

    /// <summary>Runs the kernel over elements, behind what libtorch has been asked for: threads for one element each, or fewer
    /// where there are many, so that each goes on with the element <c>thread_count()</c> behind.</summary>
    /// <param name="like">A tensor on the device.</param>
    /// <param name="threads">Number of elements; nothing runs for 0.</param>
    /// <param name="arguments">The kernel's, in order: see <see cref="Pointer"/> and <see cref="Number"/>; an integer is
    /// itself.</param>
    /// <exception cref="ArgumentException">The kernel has another number of parameters.</exception>
    /// <exception cref="CudaException">NVRTC or the driver is missing, the source cannot be compiled, or the launch
    /// fails.</exception>
    public unsafe void Launch(Tensor like, long threads, params ReadOnlySpan<ulong> arguments)
    {
        ArgumentNullException.ThrowIfNull(like);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var device = DeviceOf(like);
        long blocks = Math.Min((threads + ElementBlock - 1) / ElementBlock, (long)BlocksOfProcessor * device.Processors);
        Run(device, blocks, ElementBlock, arguments);
    }

    /// <summary>The same for a kernel whose blocks are not for elements.</summary>
    /// <param name="like">A tensor on the device.</param>
    /// <param name="blocks">Number of blocks, below 2³¹; nothing runs for 0.</param>
    /// <param name="blockSize">Threads of a block, a multiple of 32 up to 1024.</param>
    /// <param name="arguments">The kernel's, in order.</param>
    internal void LaunchBlocks(Tensor like, long blocks, int blockSize, params ReadOnlySpan<ulong> arguments) =>
        Run(DeviceOf(like), blocks, blockSize, arguments);

    /// <summary>The place of a tensor's first element, as an argument. Valid as long as the tensor is.</summary>
    public static unsafe ulong Pointer(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return (ulong)TensorMemory.Pointer(tensor);
    }

    /// <summary>A <c>double</c> as an argument.</summary>
    public static ulong Number(double number) => BitConverter.DoubleToUInt64Bits(number);

    /// <summary>Whether a tensor of a type lies where kernels run, without gaps.</summary>
    internal static unsafe bool IsThere(Tensor tensor, int type)
    {
        nint handle = tensor.Handle;
        int device = -1, elements = -1;
        byte contiguous = 0;
        return LibTorchAbi.DeviceType(handle, &device) == 0
            && (device == LibTorchAbi.Cuda || (device == LibTorchAbi.Processor && StandIn is not null))
            && LibTorchAbi.ElementType(handle, &elements) == 0 && elements == type
            && LibTorchAbi.IsContiguous(handle, &contiguous) == 0 && contiguous != 0;
    }

    private static unsafe IKernelDevice DeviceOf(Tensor tensor)
    {
        int type = -1, index = -1;
        if (LibTorchAbi.DeviceType(tensor.Handle, &type) == 0 && type == LibTorchAbi.Cuda
            && LibTorchAbi.DeviceIndex(tensor.Handle, &index) == 0) return CudaDevice.Of(index);
        return (type == LibTorchAbi.Processor ? StandIn : null)
            ?? throw new ArgumentException($"Kernels run on CUDA devices, and the tensor is on {tensor.device}.", nameof(tensor));
    }

    private unsafe void Run(IKernelDevice device, long blocks, int blockSize, ReadOnlySpan<ulong> arguments)
    {
        if (arguments.Length != _parameters)
        {
            throw new ArgumentException(
                $"The kernel {Name} has {_parameters} parameters, and was given {arguments.Length}.", nameof(arguments));
        }

        if (blocks == 0) return;
        nint function = FunctionOn(device);
        fixed (ulong* first = arguments)
        {
            void** places = stackalloc void*[arguments.Length + 1];
            for (int i = 0; i < arguments.Length; i++) places[i] = first + i;
            device.Run(function, checked((uint)blocks), (uint)blockSize, places);
        }
    }

    private nint FunctionOn(IKernelDevice device)
    {
        foreach (var loaded in Volatile.Read(ref _loaded))
            if (ReferenceEquals(loaded.Device, device)) return loaded.Function;
        lock (_loading)
        {
            foreach (var loaded in _loaded)
                if (ReferenceEquals(loaded.Device, device)) return loaded.Function;
            nint function = device.Load(this);
            Volatile.Write(ref _loaded, [.. _loaded, new(device, function)]);
            return function;
        }
    }

    [GeneratedRegex("""extern\s+"C"\s+__global__\s+void\s+(?<name>\w+)\s*\((?<parameters>[^)]*)\)""")]
    private static partial Regex Heads();

    private sealed record Loaded(IKernelDevice Device, nint Function);
}
