using System.Net.Sockets;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Processes;

/// <summary>Processes that a launcher without MPI has started, as threads that meet by TCP.</summary>
public class SocketMeetingTests
{
    [Fact]
    public unsafe void Numbers_are_summed_and_shared() => NcclTests.OnMeetings(4, meeting =>
    {
        long[] numbers = [1, meeting.Rank];
        fixed (long* first = numbers) meeting.Sum(first, 2, ScalarType.Int64);
        Assert.Equal([4L, 6], numbers);

        // More than goes in one message.
        double[] many = [.. Enumerable.Repeat(0.1 * meeting.Rank, 300_000)];
        fixed (double* first = many) meeting.Sum(first, many.Length, ScalarType.Float64);
        Assert.All(many, number => Assert.Equal(0.0 + 0.1 + 0.2 + 0.1 * 3, number));
        float[] shared = [meeting.Rank + 5];
        fixed (float* first = shared) meeting.Share(first, sizeof(float));
        Assert.Equal(5, shared[0]);
        Assert.Equal(4, meeting.Count);
        meeting.Meet();
        meeting.End();
    });

    [Fact]
    public void A_rank_that_ends_is_named_to_all()
    {
        var named = new int[3];
        NcclTests.OnMeetings(3, meeting =>
        {
            using var known = new ManualResetEventSlim();
            meeting.Watch(rank =>
            {
                named[meeting.Rank] = rank;
                if (meeting.Rank == 0) meeting.Tell(rank);
                known.Set();
            });
            meeting.Meet();
            if (meeting.Rank == 1) meeting.Close();
            else Assert.True(known.Wait(TimeSpan.FromSeconds(60)));
        });
        Assert.Equal((1, 1), (named[0], named[2]));
    }

    [Fact]
    public void Who_waits_for_a_rank_that_has_ended_is_told() => NcclTests.OnMeetings(2, meeting =>
    {
        meeting.Meet();
        if (meeting.Rank == 1) meeting.Close();
        else Assert.Contains("Rank 1 of 2 has ended before", Assert.Throws<MpiException>(meeting.Meet).Message);
    });

    [Fact]
    public void Ranks_that_do_not_come_are_named()
    {
        var place = new MeetingPlace("127.0.0.1", NcclTests.FreePort(), 0);
        string told = Assert.Throws<MpiException>(() => SocketMeeting.Begin(place, 3, TimeSpan.FromSeconds(0.2))).Message;
        Assert.Contains("waits at 127.0.0.1", told);
        Assert.Contains("for rank 1, 2", told);
    }

    [Fact]
    public void A_rank_that_finds_nobody_is_told()
    {
        var place = new MeetingPlace("127.0.0.1", NcclTests.FreePort(), 1);
        string told = Assert.Throws<MpiException>(() => SocketMeeting.Begin(place, 2, TimeSpan.FromSeconds(0.2))).Message;
        Assert.Contains("MASTER_ADDR and MASTER_PORT", told);
    }

    [Fact]
    public async Task Others_that_connect_are_sent_away()
    {
        var place = new MeetingPlace("127.0.0.1", NcclTests.FreePort(), 0);
        var first = Task.Factory.StartNew(
            () => SocketMeeting.Begin(place, 2, TimeSpan.FromSeconds(60)), TaskCreationOptions.LongRunning);
        using var stranger = new Socket(SocketType.Stream, ProtocolType.Tcp);
        SpinWait.SpinUntil(() => IsConnected(stranger, place), TimeSpan.FromSeconds(60));
        stranger.Send("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        var second = SocketMeeting.Begin(place with { Rank = 1 }, 2, TimeSpan.FromSeconds(60));
        var both = Task.Run(second.Meet);
        (await first).Meet();
        await both;
    }

    private static bool IsConnected(Socket socket, MeetingPlace place)
    {
        try
        {
            if (!socket.Connected) socket.Connect(place.Host, place.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
