using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What is called of Open MPI. Its handles are the addresses of symbols that the library exports, which no header is needed for;
/// those of MPICH are numbers of its own.
/// </summary>
internal sealed unsafe class Mpi : IMeeting, ICommunicator
{
    // Calls may come from any thread, one at a time.
    private const int Serialized = 2;

    // A count is a 32-bit number.
    private const long Longest = 1 << 28;

    // Numbers of each process's part that are summed at once. Open MPI takes memory for as many of all parts, twice and more.
    private const long Piece = 1 << 17;

    private static readonly void* s_inPlace = (void*)1;

    private readonly nint _library;
    private readonly nint _world;
    private readonly nint _sum;

    // Whether it was begun here, and has to be ended here.
    private bool _isOurs;

    private Mpi(nint library)
    {
        _library = library;
        _world = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
        _sum = NativeLibrary.GetExport(library, "ompi_mpi_op_sum");
    }

    /// <summary>Files that are tried, in order.</summary>
    private static IEnumerable<string> Files =>
        Environment.GetEnvironmentVariable("DSL_MPI") is { Length: > 0 } own ? [own] : ["libmpi.so.40", "libmpi.so"];

    /// <summary>The library, begun.</summary>
    /// <param name="why">What says that there are several processes, for messages.</param>
    /// <exception cref="MpiException">It is not there, is another one, or cannot be used.</exception>
    public static Mpi Begin(string why)
    {
        string tried = string.Join(", ", Files);
        nint library = 0;
        if (!Files.Any(file => NativeLibrary.TryLoad(file, out library)))
        {
            throw new MpiException(
                $"{why}, but Open MPI's library cannot be loaded ({tried}): install it, on Debian and Ubuntu by apt-get install "
                + "openmpi-bin, or let the variable DSL_MPI name its file. Started alone, without mpirun, the program trains in "
                + "one process and needs no MPI.");
        }

        if (!NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _))
        {
            throw new MpiException(
                $"{why}, but the library of MPI that was loaded ({tried}) is not Open MPI, the only one that is known here: let "
                + "the variable DSL_MPI name the file of Open MPI's, libmpi.so.40, and start by its mpirun.");
        }

        var mpi = new Mpi(library);
        int isBegun, provided;
        Check(((delegate* unmanaged<int*, int>)mpi.Function("MPI_Initialized"))(&isBegun), "MPI_Initialized");
        if (isBegun != 0) return mpi;
        var begin = (delegate* unmanaged<int*, byte***, int, int*, int>)mpi.Function("MPI_Init_thread");
        Check(begin(null, null, Serialized, &provided), "MPI_Init_thread");
        mpi._isOurs = true;
        return provided >= Serialized ? mpi : throw new MpiException(
            "This Open MPI was built without support for threads, which .NET has several of: install one that has it, as "
            + "Debian's is.");
    }

    public int Rank => Number("MPI_Comm_rank");

    public int Count => Number("MPI_Comm_size");

    /// <summary>The sums over all processes, in place.</summary>
    /// <param name="values">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="type">float32, float64 or int64.</param>
    public void Sum(void* values, long count, ScalarType type)
    {
        var sum = (delegate* unmanaged<void*, void*, int, nint, nint, nint, int>)Function("MPI_Allreduce");
        nint element = TypeOf(type);
        long size = SizeOf(type);
        for (long first = 0; first < count; first += Longest)
        {
            Check(sum(s_inPlace, (byte*)values + first * size, (int)Math.Min(Longest, count - first), element, _sum, _world),
                "MPI_Allreduce");
        }
    }

    /// <summary>Begins to sum over all processes, in place. The memory belongs to MPI until <see cref="Wait"/>.</summary>
    /// <returns>What is waited for.</returns>
    public nint BeginSum(void* values, long count, ScalarType type)
    {
        nint request;
        var sum = (delegate* unmanaged<void*, void*, int, nint, nint, nint, nint*, int>)Function("MPI_Iallreduce");
        Check(sum(s_inPlace, values, checked((int)count), TypeOf(type), _sum, _world, &request), "MPI_Iallreduce");
        return request;
    }

    /// <summary>Lets a sum that was begun go on; it does so in MPI's calls alone.</summary>
    public void Progress(ref nint request)
    {
        int isDone;
        fixed (nint* handle = &request)
            Check(((delegate* unmanaged<nint*, int*, void*, int>)Function("MPI_Test"))(handle, &isDone, null), "MPI_Test");
    }

    /// <summary>The end of a sum that was begun.</summary>
    public void Wait(ref nint request)
    {
        fixed (nint* handle = &request)
            Check(((delegate* unmanaged<nint*, void*, int>)Function("MPI_Wait"))(handle, null), "MPI_Wait");
    }

    /// <summary>The sums over all processes, of which each gets its part, in place: a piece of each part after the other, side by
    /// side in a buffer. A reduce-scatter of all at once would need room for a copy of them, and more.</summary>
    public void SumParts(void* values, ReadOnlySpan<long> bounds, ScalarType type)
    {
        var sum = (delegate* unmanaged<void*, void*, int*, nint, nint, nint, int>)Function("MPI_Reduce_scatter");
        int size = SizeOf(type), rank = Rank;
        long longest = 0;
        for (int i = 0; i + 1 < bounds.Length; i++) longest = Math.Max(longest, bounds[i + 1] - bounds[i]);
        long piece = Math.Min(longest, Piece);
        var counts = new int[bounds.Length - 1];
        byte* pieces = (byte*)NativeMemory.Alloc((nuint)(piece * counts.Length * size));
        try
        {
            for (long first = 0; first < longest; first += piece)
            {
                byte* next = pieces;
                for (int i = 0; i < counts.Length; i++)
                {
                    counts[i] = (int)Math.Clamp(bounds[i + 1] - bounds[i] - first, 0, piece);
                    NativeMemory.Copy((byte*)values + (bounds[i] + first) * size, next, (nuint)(counts[i] * size));
                    next += counts[i] * size;
                }

                fixed (int* count = counts)
                    Check(sum(s_inPlace, pieces, count, TypeOf(type), _sum, _world), "MPI_Reduce_scatter");
                NativeMemory.Copy(pieces, (byte*)values + (bounds[rank] + first) * size, (nuint)(counts[rank] * size));
            }
        }
        finally
        {
            NativeMemory.Free(pieces);
        }
    }

    /// <summary>The parts of all processes, in all, in place.</summary>
    public void GatherParts(void* values, ReadOnlySpan<long> bounds, ScalarType type)
    {
        var gather = (delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, nint, int>)Function("MPI_Allgatherv");
        nint element = TypeOf(type);
        var (counts, places) = Parts(bounds);
        fixed (int* count = counts, place = places)
            Check(gather(s_inPlace, 0, element, values, count, place, element, _world), "MPI_Allgatherv");
    }

    /// <summary>The parts of all processes, in the first.</summary>
    public void GatherFirst(void* part, void* values, ReadOnlySpan<long> bounds, ScalarType type)
    {
        var gather = (delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, int, nint, int>)Function("MPI_Gatherv");
        nint element = TypeOf(type);
        var (counts, places) = Parts(bounds);
        fixed (int* count = counts, place = places)
            Check(gather(part, counts[Rank], element, values, count, place, element, 0, _world), "MPI_Gatherv");
    }

    /// <summary>The bytes of the first process, in all.</summary>
    public void Share(void* bytes, long count)
    {
        var share = (delegate* unmanaged<void*, int, nint, int, nint, int>)Function("MPI_Bcast");
        nint element = NativeLibrary.GetExport(_library, "ompi_mpi_byte");
        for (long first = 0; first < count; first += Longest)
        {
            Check(share((byte*)bytes + first, (int)Math.Min(Longest, count - first), element, 0, _world), "MPI_Bcast");
        }
    }

    /// <summary>Waits for all processes.</summary>
    public void Meet() => Check(((delegate* unmanaged<nint, int>)Function("MPI_Barrier"))(_world), "MPI_Barrier");

    /// <summary>Ends all processes, this one too.</summary>
    public void Abort() => ((delegate* unmanaged<nint, int, int>)Function("MPI_Abort"))(_world, 1);

    /// <summary>The end, which waits for all processes; who else has begun it ends it.</summary>
    public void End()
    {
        if (_isOurs) Check(((delegate* unmanaged<int>)Function("MPI_Finalize"))(), "MPI_Finalize");
    }

    private static int SizeOf(ScalarType type) => type == ScalarType.Float32 ? sizeof(float) : sizeof(double);

    // How many elements each process's part has, and where it begins.
    private static (int[] Counts, int[] Places) Parts(ReadOnlySpan<long> bounds)
    {
        if (bounds[^1] > int.MaxValue)
        {
            throw new MpiException(
                $"A network of {bounds[^1]} parameters cannot be shared out among ranks: MPI counts to {int.MaxValue}. Leave "
                + "ShardOptimizer out.")
            {
                IsOnAllRanks = true,
            };
        }

        var counts = new int[bounds.Length - 1];
        var places = new int[counts.Length];
        for (int i = 0; i < counts.Length; i++) (counts[i], places[i]) = ((int)(bounds[i + 1] - bounds[i]), (int)bounds[i]);
        return (counts, places);
    }

    private int Number(string function)
    {
        int number;
        Check(((delegate* unmanaged<nint, int*, int>)Function(function))(_world, &number), function);
        return number;
    }

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);

    private nint TypeOf(ScalarType type) => NativeLibrary.GetExport(_library, type switch
    {
        ScalarType.Float32 => "ompi_mpi_float",
        ScalarType.Float64 => "ompi_mpi_double",
        ScalarType.Int64 => "ompi_mpi_int64_t",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Sums are of float32, float64 or int64."),
    });

    private static void Check(int code, string function)
    {
        if (code != 0) throw new MpiException($"{function} has failed with MPI's error {code}.");
    }
}
