using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Sums over the GPUs of ranks, by NCCL. What is asked for is done behind what libtorch has been asked for, in its stream; sums
/// that go beside a backward pass have a stream of their own, and events keep the order.
/// </summary>
internal sealed unsafe class Nccl : ICommunicator
{
    // ncclSum, ncclUint8, ncclInProgress; CU_STREAM_NON_BLOCKING, CU_EVENT_DISABLE_TIMING.
    private const int Addition = 0, Byte = 1, InProgress = 7;
    private const uint NonBlocking = 1, WithoutTime = 2;

    private readonly NcclFunctions _functions;
    private readonly int _rank;
    private readonly int _count;
    private nint _communicator;
    private nint _aside;

    private Nccl(NcclFunctions functions, IMeeting meeting, int device)
    {
        (_functions, _rank, _count, Device) = (functions, meeting.Rank, meeting.Count, device);
        NcclId id;
        if (_rank == 0) Check(functions.GetUniqueId(&id), "ncclGetUniqueId");
        meeting.Share(&id, NcclId.Length);
        using var guard = new Guard(this);
        nint communicator, aside;
        Check(functions.CommInitRank(&communicator, _count, id, _rank), "ncclCommInitRank");
        _communicator = communicator;
        CheckDriver(functions.StreamCreate(&aside, NonBlocking), "cuStreamCreate");
        _aside = aside;
    }

    /// <summary>The GPU of this rank.</summary>
    public int Device { get; }

    private nint Stream
    {
        get
        {
            nint stream;
            return _functions.CurrentStream(Device, &stream) == 0 ? stream
                : throw new NcclException(
                    $"libtorch does not tell the stream of GPU {Device}; its reason stands on standard error.");
        }
    }

    /// <summary>Joins the GPUs of all ranks.</summary>
    /// <param name="functions">NCCL's.</param>
    /// <param name="meeting">By which ranks learn of each other.</param>
    /// <param name="device">The GPU of this rank.</param>
    /// <exception cref="NcclException">NCCL refuses.</exception>
    public static Nccl Begin(NcclFunctions functions, IMeeting meeting, int device) => new(functions, meeting, device);

    /// <summary>Whether there are sums of a type.</summary>
    public static bool Sums(ScalarType type) => Numbers(type) is not null;

    /// <summary>The sums over all ranks, in place.</summary>
    public void Sum(void* values, long count, ScalarType type)
    {
        using var guard = new Guard(this);
        Check(_functions.AllReduce(values, values, (nuint)count, TypeOf(type), Addition, _communicator, Stream), "ncclAllReduce");
    }

    public nint BeginSum(void* values, long count, ScalarType type)
    {
        using var guard = new Guard(this);
        Follow(_aside, Stream);
        Check(_functions.AllReduce(values, values, (nuint)count, TypeOf(type), Addition, _communicator, _aside), "ncclAllReduce");
        return Recorded(_aside);
    }

    // A GPU computes and sums at once.
    public void Progress(ref nint request)
    {
    }

    public void Wait(ref nint request)
    {
        using var guard = new Guard(this);
        CheckDriver(_functions.StreamWaitEvent(Stream, request, 0), "cuStreamWaitEvent");
        CheckDriver(_functions.EventDestroy(request), "cuEventDestroy");
        request = 0;
    }

    public void SumParts(void* values, ReadOnlySpan<long> bounds, ScalarType type)
    {
        using var guard = new Guard(this);
        nint stream = Stream;
        int number = TypeOf(type);
        if (AreEqual(bounds))
        {
            void* own = Part(values, bounds, _rank, type);
            Check(_functions.ReduceScatter(
                values, own, (nuint)Length(bounds, _rank), number, Addition, _communicator, stream), "ncclReduceScatter");
            return;
        }

        // NCCL scatters equal parts alone.
        BeginGroup();
        int result = 0;
        for (int rank = 0; rank < _count && result == 0; rank++)
        {
            void* part = Part(values, bounds, rank, type);
            nuint length = (nuint)Length(bounds, rank);
            result = _functions.Reduce(part, part, length, number, Addition, rank, _communicator, stream);
        }

        EndGroup(result, "ncclReduce");
    }

    public void GatherParts(void* values, ReadOnlySpan<long> bounds, ScalarType type)
    {
        using var guard = new Guard(this);
        nint stream = Stream;
        int number = TypeOf(type);
        if (AreEqual(bounds))
        {
            void* own = Part(values, bounds, _rank, type);
            Check(_functions.AllGather(own, values, (nuint)Length(bounds, _rank), number, _communicator, stream),
                "ncclAllGather");
            return;
        }

        BeginGroup();
        int result = 0;
        for (int rank = 0; rank < _count && result == 0; rank++)
        {
            void* part = Part(values, bounds, rank, type);
            result = _functions.Broadcast(part, part, (nuint)Length(bounds, rank), number, rank, _communicator, stream);
        }

        EndGroup(result, "ncclBroadcast");
    }

    public void GatherFirst(void* part, void* values, ReadOnlySpan<long> bounds, ScalarType type)
    {
        using var guard = new Guard(this);
        nint stream = Stream;
        int number = TypeOf(type);
        BeginGroup();
        int result = _functions.Send(part, (nuint)Length(bounds, _rank), number, 0, _communicator, stream);
        for (int rank = 0; _rank == 0 && rank < _count && result == 0; rank++)
        {
            void* theirs = Part(values, bounds, rank, type);
            result = _functions.Receive(theirs, (nuint)Length(bounds, rank), number, rank, _communicator, stream);
        }

        EndGroup(result, "ncclSend or ncclRecv");
    }

    /// <summary>The bytes of the first rank, in all.</summary>
    public void Share(void* bytes, long count)
    {
        using var guard = new Guard(this);
        Check(_functions.Broadcast(bytes, bytes, (nuint)count, Byte, 0, _communicator, Stream), "ncclBroadcast");
    }

    /// <summary>What has gone wrong since, of which no call knows, as a rank that has ended; null where nothing has.</summary>
    public NcclException? Failure()
    {
        nint communicator = Volatile.Read(ref _communicator);
        if (communicator == 0) return null;
        int result;
        int asked = _functions.CommGetAsyncError(communicator, &result);
        return asked != 0 ? Refused("ncclCommGetAsyncError", asked)
            : result is 0 or InProgress ? null : Refused("A sum over GPUs", result);
    }

    /// <summary>Leaves whatever is under way, which would wait for others for ever.</summary>
    public void Abort()
    {
        nint communicator = Interlocked.Exchange(ref _communicator, 0);
        if (communicator != 0) _ = _functions.CommAbort(communicator);
    }

    /// <summary>The end, behind all sums.</summary>
    public void End()
    {
        nint communicator = Interlocked.Exchange(ref _communicator, 0);
        if (communicator != 0) Check(_functions.CommDestroy(communicator), "ncclCommDestroy");
    }

    private static int? Numbers(ScalarType type) => type switch
    {
        ScalarType.Int64 => 4,
        ScalarType.Float16 => 6,
        ScalarType.Float32 => 7,
        ScalarType.Float64 => 8,
        ScalarType.BFloat16 => 9,
        _ => null,
    };

    private static int TypeOf(ScalarType type) => Numbers(type) ?? throw new ArgumentOutOfRangeException(
        nameof(type), type, "Sums are of float16, bfloat16, float32, float64 or int64.");

    private static bool AreEqual(ReadOnlySpan<long> bounds)
    {
        for (int rank = 1; rank < bounds.Length - 1; rank++)
        {
            if (Length(bounds, rank) != Length(bounds, 0)) return false;
        }

        return true;
    }

    private static long Length(ReadOnlySpan<long> bounds, int rank) => bounds[rank + 1] - bounds[rank];

    private static void* Part(void* values, ReadOnlySpan<long> bounds, int rank, ScalarType type) =>
        (byte*)values + bounds[rank] * type switch
        {
            ScalarType.Float16 or ScalarType.BFloat16 => sizeof(short),
            ScalarType.Float32 => sizeof(float),
            _ => sizeof(double),
        };

    // What follows is one operation, until its end, which comes whatever fails between.
    private void BeginGroup() => Check(_functions.GroupStart(), "ncclGroupStart");

    private void EndGroup(int result, string function)
    {
        int ended = _functions.GroupEnd();
        Check(result, function);
        Check(ended, "ncclGroupEnd");
    }

    // What is asked of one stream from now on comes behind what was asked of the other.
    private void Follow(nint stream, nint other)
    {
        nint here = Recorded(other);
        CheckDriver(_functions.StreamWaitEvent(stream, here, 0), "cuStreamWaitEvent");
        CheckDriver(_functions.EventDestroy(here), "cuEventDestroy");
    }

    private nint Recorded(nint stream)
    {
        nint happening;
        CheckDriver(_functions.EventCreate(&happening, WithoutTime), "cuEventCreate");
        CheckDriver(_functions.EventRecord(happening, stream), "cuEventRecord");
        return happening;
    }

    private void Check(int result, string function)
    {
        if (result != 0) throw Refused(function, result);
    }

    private void CheckDriver(int result, string function)
    {
        if (result == 0) return;
        throw new NcclException(string.Create(CultureInfo.InvariantCulture,
            $"{function} has failed on GPU {Device} of rank {_rank} with CUDA's error {result}: see by nvidia-smi whether the "
            + $"GPU is there and its driver fits."));
    }

    private NcclException Refused(string what, int result)
    {
        string words = Marshal.PtrToStringUTF8((nint)_functions.GetErrorString(result)) ?? "no words";
        string remedy = result switch
        {
            1 => "a call of CUDA has failed: see by nvidia-smi whether the GPU is free and its driver fits",
            2 => "a call of the system has failed, for memory that processes share or for the network",
            4 or 5 => "each rank needs a GPU of its own, new Device(DeviceType.CUDA, RankGroup.World.LocalRank)",
            6 => "another rank has ended or cannot be reached",
            _ => "NCCL has failed in itself",
        };
        return new(string.Create(CultureInfo.InvariantCulture,
            $"{what} has failed on GPU {Device} of rank {_rank} ({words}, ncclResult {result}): {remedy}. NCCL_DEBUG=WARN in the "
            + $"environment has NCCL say more."));
    }

    // The GPU of this rank is the current one.
    private readonly ref struct Guard
    {
        private readonly NcclFunctions _functions;
        private readonly nint _guard;

        public Guard(Nccl nccl)
        {
            _functions = nccl._functions;
            nint guard;
            if (_functions.CreateGuard(nccl.Device, &guard) != 0)
                throw new NcclException($"libtorch has no GPU {nccl.Device}; its reason stands on standard error.");
            _guard = guard;
        }

        public void Dispose() => _ = _functions.DeleteGuard(_guard);
    }
}
