using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Dsl.Runtime;

/// <summary>NCCL's name of a group of GPUs, by which ranks find each other: 128 bytes, passed by value.</summary>
[InlineArray(Length)]
internal struct NcclId
{
    /// <summary>NCCL_UNIQUE_ID_BYTES.</summary>
    public const int Length = 128;

    private byte _first;
}

/// <summary>
/// What is called of NCCL, and beside it: of CUDA's driver for the order of two streams, and of libtorch for the stream that it
/// computes in. Pointers, since libraries of GPUs are looked for when a GPU asks, and not before.
/// </summary>
internal sealed unsafe class NcclFunctions
{
    /// <summary>The functions.</summary>
    /// <param name="find">The address of a function; 0 where there is none of that name.</param>
    /// <exception cref="NcclException">A function is missing.</exception>
    public NcclFunctions(Func<string, nint> find)
    {
        GetUniqueId = (delegate* unmanaged<NcclId*, int>)Named("ncclGetUniqueId");
        CommInitRank = (delegate* unmanaged<nint*, int, NcclId, int, int>)Named("ncclCommInitRank");
        CommDestroy = (delegate* unmanaged<nint, int>)Named("ncclCommDestroy");
        CommAbort = (delegate* unmanaged<nint, int>)Named("ncclCommAbort");
        CommGetAsyncError = (delegate* unmanaged<nint, int*, int>)Named("ncclCommGetAsyncError");
        GetErrorString = (delegate* unmanaged<int, byte*>)Named("ncclGetErrorString");
        AllReduce = (delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int>)Named("ncclAllReduce");
        Reduce = (delegate* unmanaged<void*, void*, nuint, int, int, int, nint, nint, int>)Named("ncclReduce");
        ReduceScatter = (delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int>)Named("ncclReduceScatter");
        AllGather = (delegate* unmanaged<void*, void*, nuint, int, nint, nint, int>)Named("ncclAllGather");
        Broadcast = (delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int>)Named("ncclBroadcast");
        Send = (delegate* unmanaged<void*, nuint, int, int, nint, nint, int>)Named("ncclSend");
        Receive = (delegate* unmanaged<void*, nuint, int, int, nint, nint, int>)Named("ncclRecv");
        GroupStart = (delegate* unmanaged<int>)Named("ncclGroupStart");
        GroupEnd = (delegate* unmanaged<int>)Named("ncclGroupEnd");
        StreamCreate = (delegate* unmanaged<nint*, uint, int>)Named("cuStreamCreate");
        EventCreate = (delegate* unmanaged<nint*, uint, int>)Named("cuEventCreate");
        EventRecord = (delegate* unmanaged<nint, nint, int>)Named("cuEventRecord");
        EventDestroy = (delegate* unmanaged<nint, int>)Named("cuEventDestroy_v2");
        StreamWaitEvent = (delegate* unmanaged<nint, nint, uint, int>)Named("cuStreamWaitEvent");
        CurrentStream = (delegate* unmanaged<int, nint*, int>)Named("aoti_torch_get_current_cuda_stream");
        CreateGuard = (delegate* unmanaged<int, nint*, int>)Named("aoti_torch_create_cuda_guard");
        DeleteGuard = (delegate* unmanaged<nint, int>)Named("aoti_torch_delete_cuda_guard");

        nint Named(string name) => find(name) is not 0 and var address ? address : throw new NcclException(
            $"The libraries of NCCL, CUDA and libtorch that were loaded have no function {name}: NCCL 2.7 or later is needed, a "
            + "driver of CUDA 12, and libtorch 2.10 with CUDA. The variable DSL_NCCL names the file of another NCCL.");
    }

    /// <summary>The name of a new group.</summary>
    public delegate* unmanaged<NcclId*, int> GetUniqueId { get; }

    /// <summary>Joins a group: communicator, ranks, name, rank.</summary>
    public delegate* unmanaged<nint*, int, NcclId, int, int> CommInitRank { get; }

    /// <summary>Leaves a group in order.</summary>
    public delegate* unmanaged<nint, int> CommDestroy { get; }

    /// <summary>Leaves a group whatever it does.</summary>
    public delegate* unmanaged<nint, int> CommAbort { get; }

    /// <summary>What has failed since, of which no call knows.</summary>
    public delegate* unmanaged<nint, int*, int> CommGetAsyncError { get; }

    /// <summary>NCCL's words for a result.</summary>
    public delegate* unmanaged<int, byte*> GetErrorString { get; }

    /// <summary>Sent, received, count, type, operation, communicator, stream.</summary>
    public delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int> AllReduce { get; }

    /// <summary>Sent, received, count, type, operation, root, communicator, stream.</summary>
    public delegate* unmanaged<void*, void*, nuint, int, int, int, nint, nint, int> Reduce { get; }

    /// <summary>Sent, received, count received, type, operation, communicator, stream.</summary>
    public delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int> ReduceScatter { get; }

    /// <summary>Sent, received, count sent, type, communicator, stream.</summary>
    public delegate* unmanaged<void*, void*, nuint, int, nint, nint, int> AllGather { get; }

    /// <summary>Sent, received, count, type, root, communicator, stream.</summary>
    public delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int> Broadcast { get; }

    /// <summary>Sent, count, type, to, communicator, stream.</summary>
    public delegate* unmanaged<void*, nuint, int, int, nint, nint, int> Send { get; }

    /// <summary>Received, count, type, from, communicator, stream.</summary>
    public delegate* unmanaged<void*, nuint, int, int, nint, nint, int> Receive { get; }

    /// <summary>What follows is one operation.</summary>
    public delegate* unmanaged<int> GroupStart { get; }

    /// <summary>Enqueues what was said since <see cref="GroupStart"/>.</summary>
    public delegate* unmanaged<int> GroupEnd { get; }

    /// <summary>A stream, with flags.</summary>
    public delegate* unmanaged<nint*, uint, int> StreamCreate { get; }

    /// <summary>An event, with flags.</summary>
    public delegate* unmanaged<nint*, uint, int> EventCreate { get; }

    /// <summary>An event happens when a stream has come here.</summary>
    public delegate* unmanaged<nint, nint, int> EventRecord { get; }

    /// <summary>Frees an event, when it has happened.</summary>
    public delegate* unmanaged<nint, int> EventDestroy { get; }

    /// <summary>A stream waits for an event; the last number is 0.</summary>
    public delegate* unmanaged<nint, nint, uint, int> StreamWaitEvent { get; }

    /// <summary>The stream that libtorch computes in on this thread, of a GPU.</summary>
    public delegate* unmanaged<int, nint*, int> CurrentStream { get; }

    /// <summary>Makes a GPU the current one of this thread.</summary>
    public delegate* unmanaged<int, nint*, int> CreateGuard { get; }

    /// <summary>The GPU that was current before is so again.</summary>
    public delegate* unmanaged<nint, int> DeleteGuard { get; }

    /// <summary>The functions of the libraries that libtorch with CUDA comes with.</summary>
    /// <exception cref="NcclException">A library is not there.</exception>
    public static NcclFunctions Load()
    {
        nint torch = Library("torch_cuda", "libtorch with CUDA: reference the package of libtorch that has CUDA");
        nint driver = Library("libcuda.so.1", "the driver of NVIDIA's GPUs");
        nint nccl = Nccl(torch);
        return new(name => NativeLibrary.TryGetExport(
            name.StartsWith("nccl", StringComparison.Ordinal) ? nccl
                : name.StartsWith("cu", StringComparison.Ordinal) ? driver : torch,
            name, out nint address) ? address : 0);
    }

    // libtorch for GPUs has NCCL in it, or is linked with it; its exports are found through the library in both cases.
    private static nint Nccl(nint torch)
    {
        const string name = "libnccl.so.2";
        string? own = Environment.GetEnvironmentVariable("DSL_NCCL");
        if (own is { Length: > 0 }) return Library(own, "NCCL, as DSL_NCCL names it");
        return NativeLibrary.TryGetExport(torch, "ncclAllReduce", out _) ? torch
            : Library(name, "NCCL: install it, or let the variable DSL_NCCL name its file");
    }

    private static nint Library(string file, string what) =>
        NativeLibrary.TryLoad(file, typeof(torch).Assembly, searchPath: null, out nint library) ? library
            : throw new NcclException(
                $"GPUs of several ranks meet by NCCL, and {file} cannot be loaded. It is {what}. Ranks on the processor meet by "
                + "MPI and need nothing of it.");
}
