using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Where the processes of a launcher without MPI find each other: rank 0 listens there.</summary>
/// <param name="Host">A name or an address of rank 0's machine.</param>
/// <param name="Port">The port.</param>
/// <param name="Rank">The place of this process.</param>
internal sealed record MeetingPlace(string Host, int Port, int Rank);

/// <summary>
/// Processes that meet by TCP, each with rank 0: numbers and identifiers, no gradients. A second connection between the same
/// two carries nothing while the run lasts, and tells of a process that has ended.
/// </summary>
internal sealed unsafe class SocketMeeting : IMeeting
{
    // "DSL1", the rank, how many there are, and which of the two connections.
    private const int Greeting = 0x44534C31, GreetingLength = 4 * sizeof(int);
    private const int Numbers = 0, Lives = 1;

    // What stands on a second connection at the end: that the run is over, or who has ended before.
    private const int Over = -1;

    private const int Longest = 1 << 20;

    private readonly Socket[][] _others;
    private int _isOver;

    private SocketMeeting(int rank, Socket[][] others)
    {
        (Rank, Count, _others) = (rank, Math.Max(others[Numbers].Length, 1), others);
    }

    public int Rank { get; }

    public int Count { get; private init; }

    /// <summary>The processes, when all are there.</summary>
    /// <param name="place">Where rank 0 is, and who this is.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="patience">How long others are waited for.</param>
    /// <exception cref="MpiException">Some are not there in time, or the port is taken.</exception>
    public static SocketMeeting Begin(MeetingPlace place, int count, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            Socket[][] others = place.Rank == 0 ? Accept(place, count, clock, patience)
                : [[Connect(place, count, Numbers, clock, patience)], [Connect(place, count, Lives, clock, patience)]];
            return new(place.Rank, others) { Count = count };
        }
        catch (SocketException error)
        {
            throw new MpiException(
                $"Rank {place.Rank} of {count} does not meet the others at {place.Host}:{place.Port}, where MASTER_ADDR and "
                + $"MASTER_PORT put rank 0 ({error.Message}): all ranks need the same, a port that is free and open.", error);
        }
    }

    /// <summary>Has a process that ends before the run does told, by its rank.</summary>
    public void Watch(Action<int> ended)
    {
        for (int i = 0; i < _others[Lives].Length; i++)
        {
            int other = i;
            new Thread(() => Listen(other, ended)) { IsBackground = true, Name = "Ranks" }.Start();
        }
    }

    public void Sum(void* values, long count, ScalarType type)
    {
        int size = type == ScalarType.Float32 ? sizeof(float) : sizeof(double);
        byte[] received = Rank == 0 ? new byte[Math.Min(count * size, Longest)] : [];
        for (long first = 0; first < count * size; first += Longest)
        {
            var own = new Span<byte>((byte*)values + first, (int)Math.Min(Longest, count * size - first));
            if (Rank > 0)
            {
                Send(0, own);
                Receive(0, own);
                continue;
            }

            for (int i = 0; i < Count - 1; i++)
            {
                var theirs = received.AsSpan(0, own.Length);
                Receive(i, theirs);
                Add(own, theirs, type);
            }

            for (int i = 0; i < Count - 1; i++) Send(i, own);
        }
    }

    public void Share(void* bytes, long count)
    {
        for (long first = 0; first < count; first += Longest)
        {
            var own = new Span<byte>((byte*)bytes + first, (int)Math.Min(Longest, count - first));
            if (Rank > 0) Receive(0, own);
            for (int i = 0; Rank == 0 && i < Count - 1; i++) Send(i, own);
        }
    }

    public void Meet()
    {
        long nothing = 0;
        Sum(&nothing, 1, ScalarType.Int64);
    }

    /// <summary>Ends this process; the others see its connections close, and end as well.</summary>
    public void Abort()
    {
        Tell(Rank);
        Environment.Exit(1);
    }

    public void End()
    {
        Meet();
        Interlocked.Exchange(ref _isOver, 1);
        Tell(Over);
        Close();
    }

    /// <summary>Leaves.</summary>
    internal void Close()
    {
        foreach (var socket in _others.SelectMany(sockets => sockets))
        {
            try
            {
                // A thread waits in the second connection, which disposing alone would not wake.
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // The other has left before.
            }

            socket.Dispose();
        }
    }

    /// <summary>Tells the others of a process that has ended, or that the run is over.</summary>
    internal void Tell(int rank)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(word, rank);
        foreach (var socket in _others[Lives])
        {
            try
            {
                socket.Send(word);
            }
            catch (SocketException)
            {
                // It has ended already.
            }
        }
    }

    private static Socket[][] Accept(MeetingPlace place, int count, Stopwatch clock, TimeSpan patience)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        bool isLocal = Dns.GetHostAddresses(place.Host).All(IPAddress.IsLoopback);
        listener.Bind(new IPEndPoint(isLocal ? IPAddress.Loopback.MapToIPv6() : IPAddress.IPv6Any, place.Port));
        listener.Listen();
        Socket[][] others = [new Socket[count - 1], new Socket[count - 1]];
        Span<int> greeting = stackalloc int[4];
        while (others.Any(sockets => sockets.Contains(null!)))
        {
            var left = patience - clock.Elapsed;
            if (left <= TimeSpan.Zero || !listener.Poll(left, SelectMode.SelectRead))
            {
                var missing = Enumerable.Range(1, count - 1).Where(rank => others.Any(sockets => sockets[rank - 1] is null));
                throw new MpiException(
                    $"After {patience.TotalSeconds:F0} seconds rank 0 of {count} waits at {place.Host}:{place.Port} for rank "
                    + $"{string.Join(", ", missing)}: start all of them, each with the same MASTER_ADDR and MASTER_PORT.");
            }

            var socket = listener.Accept();
            socket.ReceiveTimeout = 10_000;
            bool isOne = TryReceive(socket, MemoryMarshal.AsBytes(greeting)) && greeting[0] == Greeting
                && greeting[1] > 0 && greeting[1] < count && greeting[3] is Numbers or Lives;
            if (isOne && greeting[2] != count)
            {
                throw new MpiException(
                    $"Rank {greeting[1]} knows of {greeting[2]} ranks and rank 0 of {count}: WORLD_SIZE is the same on all.");
            }

            if (!isOne || others[greeting[3]][greeting[1] - 1] is not null)
            {
                socket.Dispose();
                continue;
            }

            socket.ReceiveTimeout = 0;
            socket.NoDelay = true;
            others[greeting[3]][greeting[1] - 1] = socket;
        }

        return others;
    }

    private static Socket Connect(MeetingPlace place, int count, int kind, Stopwatch clock, TimeSpan patience)
    {
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(place.Host, place.Port);
                Span<int> greeting = [Greeting, place.Rank, count, kind];
                socket.Send(MemoryMarshal.AsBytes(greeting));
                return socket;
            }
            catch (SocketException) when (clock.Elapsed < patience)
            {
                // Rank 0 does not listen yet.
                socket.Dispose();
                Thread.Sleep(50);
            }
        }
    }

    private static bool TryReceive(Socket socket, Span<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                int count = socket.Receive(bytes);
                if (count == 0) return false;
                bytes = bytes[count..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Add(Span<byte> own, Span<byte> theirs, ScalarType type)
    {
        switch (type)
        {
            case ScalarType.Float32:
                Add<float>(own, theirs);
                break;
            case ScalarType.Float64:
                Add<double>(own, theirs);
                break;
            case ScalarType.Int64:
                Add<long>(own, theirs);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Sums are of float32, float64 or int64.");
        }
    }

    private static void Add<T>(Span<byte> own, Span<byte> theirs)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var sums = MemoryMarshal.Cast<byte, T>(own);
        var addends = MemoryMarshal.Cast<byte, T>(theirs);
        for (int i = 0; i < sums.Length; i++) sums[i] += addends[i];
    }

    private int RankOf(int other) => Rank == 0 ? other + 1 : 0;

    private void Send(int other, ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0) bytes = bytes[_others[Numbers][other].Send(bytes)..];
        }
        catch (SocketException error)
        {
            throw Ended(RankOf(other), error);
        }
    }

    private void Receive(int other, Span<byte> bytes)
    {
        if (!TryReceive(_others[Numbers][other], bytes)) throw Ended(RankOf(other));
    }

    /// <summary>What is told where a process is missed.</summary>
    internal MpiException Ended(int rank, SocketException? error = null) =>
        new($"Rank {rank} of {Count} has ended before the run was over: what it has written to standard error says why.", error!);

    private void Listen(int other, Action<int> ended)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        int who = TryReceive(_others[Lives][other], word) ? BinaryPrimitives.ReadInt32LittleEndian(word) : RankOf(other);
        if (who == Over || Volatile.Read(ref _isOver) != 0) return;
        ended(who);
    }
}
