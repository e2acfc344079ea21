using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Processes;

/// <summary>
/// NCCL for ranks that are threads, on the processor's memory: functions with its signatures that compute what its documentation
/// says, and write down what was asked for. A stream is a number, and what is asked of it is done at once.
/// </summary>
internal sealed unsafe class FakeNccl
{
    /// <summary>libtorch's stream, and the first that is made beside it.</summary>
    public const nint Current = 11, Aside = 22;

    private static readonly ConcurrentDictionary<long, FakeNccl> s_worlds = [];
    private static long s_worldCount;

    [ThreadStatic]
    private static FakeNccl? t_world;

    [ThreadStatic]
    private static int t_rank;

    // What stands between ncclGroupStart and ncclGroupEnd; null outside.
    [ThreadStatic]
    private static List<Operation>? t_group;

    private readonly Operation[][] _asked;
    private readonly Barrier _barrier;
    private readonly long _number = Interlocked.Increment(ref s_worldCount);
    private int _next = 100;

    public FakeNccl(int ranks)
    {
        _asked = new Operation[ranks][];
        _barrier = new(ranks);
        Calls = [.. Enumerable.Range(0, ranks).Select(_ => new List<string>())];
        s_worlds[_number] = this;
    }

    private enum Kind
    {
        AllReduce,
        Reduce,
        ReduceScatter,
        AllGather,
        Broadcast,
        Send,
        Recv,
    }

    /// <summary>What each rank has asked for, in order.</summary>
    public List<string>[] Calls { get; }

    /// <summary>A function that fails, and with what.</summary>
    public (string Function, int Result) Failing { get; set; }

    /// <summary>What has failed that no call knows of.</summary>
    public int AsyncError { get; set; }

    /// <summary>The functions, for the thread that is a rank.</summary>
    public NcclFunctions Functions(int rank, string? missing = null)
    {
        (t_world, t_rank) = (this, rank);
        var table = new Dictionary<string, nint>
        {
            ["ncclGetUniqueId"] = (nint)(delegate* unmanaged<NcclId*, int>)&GetUniqueId,
            ["ncclCommInitRank"] = (nint)(delegate* unmanaged<nint*, int, NcclId, int, int>)&CommInitRank,
            ["ncclCommDestroy"] = (nint)(delegate* unmanaged<nint, int>)&CommDestroy,
            ["ncclCommAbort"] = (nint)(delegate* unmanaged<nint, int>)&CommAbort,
            ["ncclCommGetAsyncError"] = (nint)(delegate* unmanaged<nint, int*, int>)&CommGetAsyncError,
            ["ncclGetErrorString"] = (nint)(delegate* unmanaged<int, byte*>)&GetErrorString,
            ["ncclAllReduce"] = (nint)(delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int>)&AllReduce,
            ["ncclReduce"] = (nint)(delegate* unmanaged<void*, void*, nuint, int, int, int, nint, nint, int>)&Reduce,
            ["ncclReduceScatter"] = (nint)(delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int>)&ReduceScatter,
            ["ncclAllGather"] = (nint)(delegate* unmanaged<void*, void*, nuint, int, nint, nint, int>)&AllGather,
            ["ncclBroadcast"] = (nint)(delegate* unmanaged<void*, void*, nuint, int, int, nint, nint, int>)&Broadcast,
            ["ncclSend"] = (nint)(delegate* unmanaged<void*, nuint, int, int, nint, nint, int>)&Send,
            ["ncclRecv"] = (nint)(delegate* unmanaged<void*, nuint, int, int, nint, nint, int>)&Recv,
            ["ncclGroupStart"] = (nint)(delegate* unmanaged<int>)&GroupStart,
            ["ncclGroupEnd"] = (nint)(delegate* unmanaged<int>)&GroupEnd,
            ["cuStreamCreate"] = (nint)(delegate* unmanaged<nint*, uint, int>)&StreamCreate,
            ["cuEventCreate"] = (nint)(delegate* unmanaged<nint*, uint, int>)&EventCreate,
            ["cuEventRecord"] = (nint)(delegate* unmanaged<nint, nint, int>)&EventRecord,
            ["cuEventDestroy_v2"] = (nint)(delegate* unmanaged<nint, int>)&EventDestroy,
            ["cuStreamWaitEvent"] = (nint)(delegate* unmanaged<nint, nint, uint, int>)&StreamWaitEvent,
            ["aoti_torch_get_current_cuda_stream"] = (nint)(delegate* unmanaged<int, nint*, int>)&CurrentStream,
            ["aoti_torch_create_cuda_guard"] = (nint)(delegate* unmanaged<int, nint*, int>)&CreateGuard,
            ["aoti_torch_delete_cuda_guard"] = (nint)(delegate* unmanaged<nint, int>)&DeleteGuard,
        };
        return new(name => name == missing ? 0 : table[name]);
    }

    private static int Say(string function, string with = "")
    {
        t_world!.Calls[t_rank].Add(with.Length == 0 ? function : $"{function} {with}");
        return t_world.Failing.Function == function ? t_world.Failing.Result : 0;
    }

    [UnmanagedCallersOnly]
    private static int GetUniqueId(NcclId* id)
    {
        *(long*)id = t_world!._number;
        ((byte*)id)[NcclId.Length - 1] = 77;
        return Say("ncclGetUniqueId");
    }

    [UnmanagedCallersOnly]
    private static int CommInitRank(nint* communicator, int count, NcclId id, int rank)
    {
        *communicator = 1000 + rank;
        bool isKnown = s_worlds.TryGetValue(Unsafe.As<NcclId, long>(ref id), out var world) && world == t_world
            && ((ReadOnlySpan<byte>)id)[^1] == 77;
        int result = Say("ncclCommInitRank", $"{rank} of {count}");
        return isKnown ? result : 4;
    }

    [UnmanagedCallersOnly]
    private static int CommDestroy(nint communicator) => Say("ncclCommDestroy", $"{communicator}");

    [UnmanagedCallersOnly]
    private static int CommAbort(nint communicator) => Say("ncclCommAbort", $"{communicator}");

    [UnmanagedCallersOnly]
    private static int CommGetAsyncError(nint communicator, int* error)
    {
        // The thread that watches is no rank.
        *error = t_world?.AsyncError ?? 0;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static byte* GetErrorString(int result) => (byte*)Marshal.StringToCoTaskMemUTF8($"words {result}");

    [UnmanagedCallersOnly]
    private static int AllReduce(void* send, void* receive, nuint count, int type, int operation, nint group, nint stream) =>
        operation != 0 ? 4 : Ask(new(Kind.AllReduce, (nint)send, (nint)receive, (long)count, type, 0), group, stream);

    [UnmanagedCallersOnly]
    private static int Reduce(
        void* send, void* receive, nuint count, int type, int operation, int root, nint group, nint stream) =>
        operation != 0 ? 4 : Ask(new(Kind.Reduce, (nint)send, (nint)receive, (long)count, type, root), group, stream);

    [UnmanagedCallersOnly]
    private static int ReduceScatter(void* send, void* receive, nuint count, int type, int operation, nint group, nint stream) =>
        operation != 0 ? 4 : Ask(new(Kind.ReduceScatter, (nint)send, (nint)receive, (long)count, type, 0), group, stream);

    [UnmanagedCallersOnly]
    private static int AllGather(void* send, void* receive, nuint count, int type, nint group, nint stream) =>
        Ask(new(Kind.AllGather, (nint)send, (nint)receive, (long)count, type, 0), group, stream);

    [UnmanagedCallersOnly]
    private static int Broadcast(void* send, void* receive, nuint count, int type, int root, nint group, nint stream) =>
        Ask(new(Kind.Broadcast, (nint)send, (nint)receive, (long)count, type, root), group, stream);

    [UnmanagedCallersOnly]
    private static int Send(void* send, nuint count, int type, int peer, nint group, nint stream) =>
        Ask(new(Kind.Send, (nint)send, 0, (long)count, type, peer), group, stream);

    [UnmanagedCallersOnly]
    private static int Recv(void* receive, nuint count, int type, int peer, nint group, nint stream) =>
        Ask(new(Kind.Recv, 0, (nint)receive, (long)count, type, peer), group, stream);

    [UnmanagedCallersOnly]
    private static int GroupStart()
    {
        t_group = [];
        return Say("ncclGroupStart");
    }

    [UnmanagedCallersOnly]
    private static int GroupEnd()
    {
        var group = t_group!;
        t_group = null;
        int result = Say("ncclGroupEnd");
        return result != 0 || t_world!.Failing.Result != 0 ? result : t_world.Run([.. group]);
    }

    [UnmanagedCallersOnly]
    private static int StreamCreate(nint* stream, uint flags)
    {
        *stream = Aside;
        return Say("cuStreamCreate", $"{flags}");
    }

    [UnmanagedCallersOnly]
    private static int EventCreate(nint* created, uint flags)
    {
        *created = Interlocked.Increment(ref t_world!._next);
        return flags == 2 ? 0 : 1;
    }

    [UnmanagedCallersOnly]
    private static int EventRecord(nint recorded, nint stream) => Say("cuEventRecord", Name(stream));

    [UnmanagedCallersOnly]
    private static int EventDestroy(nint destroyed) => Say("cuEventDestroy");

    [UnmanagedCallersOnly]
    private static int StreamWaitEvent(nint stream, nint awaited, uint flags) =>
        flags == 0 && awaited > 100 ? Say("cuStreamWaitEvent", Name(stream)) : 1;

    [UnmanagedCallersOnly]
    private static int CurrentStream(int device, nint* stream)
    {
        *stream = Current;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int CreateGuard(int device, nint* guard)
    {
        *guard = 5;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int DeleteGuard(nint guard) => guard == 5 ? 0 : 1;

    private static string Name(nint stream) => stream == Current ? "current" : stream == Aside ? "aside" : "unknown";

    private static int Ask(Operation asked, nint communicator, nint stream)
    {
        string place = asked.Kind is Kind.AllReduce or Kind.ReduceScatter or Kind.AllGather ? "" : $" {asked.Root}";
        int result = Say($"nccl{asked.Kind}", $"{asked.Count} of type {asked.Type}{place}, {Name(stream)}");
        if (communicator != 1000 + t_rank) return 4;
        if (result != 0) return result;
        if (t_group is null) return t_world!.Run([asked]);
        t_group.Add(asked);
        return 0;
    }

    // All ranks come here with what each has asked for, compute what they receive, and write when all have read.
    private int Run(Operation[] own)
    {
        _asked[t_rank] = own;
        _barrier.SignalAndWait();
        var written = new List<(nint To, byte[] Bytes)>();
        int result = 0;
        for (int i = 0; i < own.Length; i++)
        {
            if (Received(i) is not { } bytes) result = 4;
            else if (bytes.Length > 0) written.Add((own[i].Receive, bytes));
        }

        _barrier.SignalAndWait();
        foreach (var (to, bytes) in written) Marshal.Copy(bytes, 0, to, bytes.Length);
        _barrier.SignalAndWait();
        return result;
    }

    // What this rank receives by one of its operations; null where the others ask for something else.
    private byte[]? Received(int i)
    {
        var own = _asked[t_rank][i];
        int size = own.Type switch { 1 => 1, 6 or 9 => 2, 7 => 4, _ => 8 }, bytes = (int)own.Count * size;
        if (own.Kind == Kind.Send) return [];
        if (own.Kind == Kind.Recv)
        {
            var sent = _asked[own.Root].Single(other => other.Kind == Kind.Send && other.Root == t_rank);
            return sent.Count == own.Count && sent.Type == own.Type ? Read(sent.Send, bytes) : null;
        }

        var all = _asked.Select(asked => asked[i]).ToArray();
        bool agree = all.All(other => (other.Kind, other.Count, other.Type, other.Root)
            == (own.Kind, own.Count, own.Type, own.Root));
        if (!agree) return null;
        return own.Kind switch
        {
            Kind.AllReduce => Summed(all, own.Type, 0, bytes),
            Kind.Reduce => t_rank == own.Root ? Summed(all, own.Type, 0, bytes) : [],
            Kind.ReduceScatter => own.Receive == own.Send + t_rank * bytes ? Summed(all, own.Type, t_rank * bytes, bytes) : null,
            Kind.Broadcast => Read(all[own.Root].Send, bytes),
            _ => own.Send == own.Receive + t_rank * bytes ? [.. all.SelectMany(other => Read(other.Send, bytes))] : null,
        };
    }

    private static byte[] Read(nint from, int bytes) => new ReadOnlySpan<byte>((void*)from, bytes).ToArray();

    private static byte[] Summed(Operation[] all, int type, int first, int bytes)
    {
        var parts = all.Select(other => Read(other.Send + first, bytes)).ToArray();
        return type switch
        {
            4 => Summed<long>(parts),
            6 => Summed<Half>(parts),
            7 => Summed<float>(parts),
            8 => Summed<double>(parts),
            _ => SummedBrains(parts),
        };
    }

    private static byte[] Summed<T>(byte[][] parts)
        where T : unmanaged, INumber<T>
    {
        byte[] sums = [.. parts[0]];
        var numbers = MemoryMarshal.Cast<byte, T>(sums.AsSpan());
        foreach (byte[] part in parts[1..])
        {
            var addends = MemoryMarshal.Cast<byte, T>(part.AsSpan());
            for (int i = 0; i < numbers.Length; i++) numbers[i] += addends[i];
        }

        return sums;
    }

    // bfloat16 is the upper half of a float32; sums here need no rounding.
    private static byte[] SummedBrains(byte[][] parts)
    {
        var wide = parts.Select(part => MemoryMarshal.Cast<byte, ushort>(part.AsSpan()).ToArray()
            .Select(half => BitConverter.UInt32BitsToSingle((uint)half << 16)).ToArray()).ToArray();
        ushort[] sums = [.. wide[0].Select((_, i) =>
            (ushort)(BitConverter.SingleToUInt32Bits(wide.Sum(part => part[i])) >> 16))];
        return MemoryMarshal.AsBytes(sums.AsSpan()).ToArray();
    }

    private sealed record Operation(Kind Kind, nint Send, nint Receive, long Count, int Type, int Root);
}
