using System.Net;
using System.Net.Sockets;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Processes;

/// <summary>What ranks with GPUs ask NCCL for, by a table of functions that computes on the processor: ranks are threads, which
/// meet by TCP.</summary>
public class NcclTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 7)]
    [InlineData(ScalarType.Float64, 8)]
    [InlineData(ScalarType.Int64, 4)]
    [InlineData(ScalarType.Float16, 6)]
    [InlineData(ScalarType.BFloat16, 9)]
    public void Sums_are_made_where_the_tensors_are(ScalarType type, int number)
    {
        var nccl = new FakeNccl(3);
        OnRanks(nccl, group =>
        {
            using var values = (arange(5) + group.Rank).to_type(type);
            group.Sum(values);
            using var doubles = values.to_type(ScalarType.Float64);
            Assert.Equal([3, 6, 9, 12, 15], doubles.data<double>().ToArray());
        });
        string[] expected = [$"ncclCommInitRank 0 of 3", "cuStreamCreate 1", $"ncclAllReduce 5 of type {number}, current"];
        Assert.Equal(["ncclGetUniqueId", .. expected], nccl.Calls[0]);
        Assert.Equal("ncclCommInitRank 2 of 3", nccl.Calls[2][0]);
    }

    [Fact]
    public void Tensors_with_gaps_and_losses_are_summed()
    {
        var nccl = new FakeNccl(2);
        OnRanks(nccl, group =>
        {
            using var values = arange(6, dtype: ScalarType.Float32).view(2, 3).t();
            group.Sum(values);
            Assert.Equal([0f, 6, 2, 8, 4, 10], values.contiguous().data<float>().ToArray());
            using var loss = tensor(1.5f + group.Rank);
            using var other = tensor(2.0, ScalarType.Float64);
            group.SumLosses(loss, other, loss);
            Assert.Equal((4f, 4.0), (loss.ToSingle(), other.ToDouble()));
        });
        Assert.Contains("ncclAllReduce 3 of type 8, current", nccl.Calls[1]);
    }

    [Theory]
    [InlineData(2, "ncclReduceScatter 32 of type 7, current", "ncclAllGather 32 of type 7, current")]
    [InlineData(3, "ncclReduce 32 of type 7 2, current", "ncclBroadcast 16 of type 7 1, current")]
    public void Shards_are_summed_and_gathered_in_place(int ranks, string sum, string gather)
    {
        var nccl = new FakeNccl(ranks);
        OnRanks(nccl, group =>
        {
            using var flat = arange(64, dtype: ScalarType.Float32);
            group.SumShards(flat);
            var (first, end) = group.ShardOf(64);
            using var shard = flat.narrow(0, first, end - first);
            using var expected = arange(first, end, dtype: ScalarType.Float32) * ranks;
            Assert.True(shard.equal(expected).all().ToBoolean());
            using var norm = group.NormOfShards(flat);
            Assert.Equal(ranks * Math.Sqrt(85344), norm.ToDouble(), 1);
            group.GatherShards(flat);
            using var whole = arange(64, dtype: ScalarType.Float32) * ranks;
            Assert.True(flat.equal(whole).all().ToBoolean());
            using var first0 = group.IsFirst ? zeros(64) : null;
            group.GatherFirst(shard, first0, 64);
            if (first0 is not null) Assert.True(first0.equal(whole).all().ToBoolean());
        });
        Assert.Contains(sum, nccl.Calls[0]);
        Assert.Contains(gather, nccl.Calls[ranks - 1]);
        Assert.Equal(nccl.Calls[1].Count(call => call == "ncclGroupStart"), nccl.Calls[1].Count(call => call == "ncclGroupEnd"));
    }

    [Fact]
    public void The_first_rank_shares_its_tensor()
    {
        var nccl = new FakeNccl(2);
        OnRanks(nccl, group =>
        {
            using var values = tensor(new[] { 4L + group.Rank, 6 });
            group.Share(values);
            Assert.Equal([4L, 6], values.data<long>().ToArray());
        });
        Assert.Contains("ncclBroadcast 16 of type 1 0, current", nccl.Calls[1]);
    }

    [Fact]
    public void Sums_beside_the_backward_pass_go_through_a_stream_of_their_own()
    {
        var nccl = new FakeNccl(2);
        OnRanks(nccl, group =>
        {
            using var arena = new ParameterArena(1 << 19);
            using (no_grad()) arena.Gradients.fill_(1 + group.Rank);
            group.Overlap(arena);
            arena.Completes(1 << 18, 1 << 19);
            nccl.Calls[group.Rank].Add("the pass goes on");
            arena.Completes(0, 1 << 18);
            group.SumRest(arena);
            Assert.Equal(3.0 * (1 << 19), arena.Gradients.sum().ToDouble());
        });
        string[] sum =
        [
            "cuEventRecord current", "cuStreamWaitEvent aside", "cuEventDestroy", $"ncclAllReduce {1 << 18} of type 7, aside",
            "cuEventRecord aside",
        ];
        string[] wait = ["cuStreamWaitEvent current", "cuEventDestroy"];
        Assert.Equal([.. sum, "the pass goes on", .. sum, .. wait, .. wait], nccl.Calls[1].Skip(2));
    }

    [Theory]
    [InlineData("ncclAllReduce", 1, "nvidia-smi")]
    [InlineData("ncclAllReduce", 2, "the network")]
    [InlineData("ncclAllReduce", 5, "a GPU of its own")]
    [InlineData("ncclCommInitRank", 5, "a GPU of its own")]
    [InlineData("ncclAllReduce", 6, "another rank has ended")]
    public void What_NCCL_refuses_is_told(string function, int result, string remedy)
    {
        var nccl = new FakeNccl(2) { Failing = (function, result) };
        OnRanks(nccl, group =>
        {
            using var values = ones(3);
            string told = Assert.Throws<NcclException>(() => group.Sum(values)).Message;
            Assert.Contains($"{function} has failed on GPU", told);
            Assert.Contains($"of rank {group.Rank} (words {result}, ncclResult {result}): ", told);
            Assert.Contains(remedy, told);
        });
    }

    [Fact]
    public void A_group_ends_when_one_of_its_calls_fails()
    {
        var nccl = new FakeNccl(3) { Failing = ("ncclReduce", 3) };
        OnRanks(nccl, group =>
        {
            using var values = ones(64);
            Assert.Contains("NCCL has failed in itself", Assert.Throws<NcclException>(() => group.SumShards(values)).Message);
        });
        Assert.Equal("ncclGroupEnd", nccl.Calls[0][^1]);
    }

    [Fact]
    public void A_failure_that_no_call_knows_of_is_asked_for()
    {
        var nccl = new FakeNccl(2);
        OnMeetings(2, meeting =>
        {
            var gpus = Nccl.Begin(nccl.Functions(meeting.Rank), meeting, 3);
            Assert.Null(gpus.Failure());
            meeting.Meet();
            nccl.AsyncError = 7;
            Assert.Null(gpus.Failure());
            meeting.Meet();
            nccl.AsyncError = 6;
            string told = gpus.Failure()!.Message;
            Assert.Contains($"A sum over GPUs has failed on GPU 3 of rank {meeting.Rank}", told);
            Assert.Contains("another rank has ended", told);
            gpus.Abort();
            gpus.Abort();
            gpus.End();
            Assert.Null(gpus.Failure());
        });
        Assert.Equal("ncclCommAbort 1001", nccl.Calls[1][^1]);
    }

    [Fact]
    public void A_function_that_is_missing_is_named() => Assert.Contains(
        "no function ncclReduceScatter",
        Assert.Throws<NcclException>(() => new FakeNccl(1).Functions(0, "ncclReduceScatter")).Message);

    [WithoutGpuFact]
    public void A_library_that_is_missing_is_named()
    {
        string told = Assert.Throws<NcclException>(NcclFunctions.Load).Message;
        Assert.Contains("torch_cuda cannot be loaded", told);
        Assert.Contains("libtorch that has CUDA", told);
    }

    [Fact]
    public void Tensors_on_the_processor_need_MPI() => OnMeetings(2, meeting =>
    {
        var group = new RankGroup(meeting, null, 0, NcclFunctions.Load);
        using var values = ones(32);
        Assert.Contains("start them by mpirun", Assert.Throws<MpiException>(() => group.RequireSumsOf(values)).Message);
        Assert.Contains("start them by mpirun", Assert.Throws<MpiException>(() => group.SumShards(values)).Message);
    });

    [GpusFact]
    public void Two_GPUs_sum()
    {
        OnMeetings(2, meeting =>
        {
            var group = new RankGroup(meeting, null, meeting.Rank, NcclFunctions.Load);
            using var values = arange(64, dtype: ScalarType.Float32, device: new Device(DeviceType.CUDA, meeting.Rank));
            group.Sum(values);
            group.SumShards(values);
            group.GatherShards(values);
            using var expected = arange(64, dtype: ScalarType.Float32) * 4;
            Assert.True(values.cpu().equal(expected).all().ToBoolean());
        });
    }

    internal static void OnMeetings(int ranks, Action<SocketMeeting> action)
    {
        var place = new MeetingPlace("127.0.0.1", FreePort(), 0);
        var threads = Enumerable.Range(0, ranks).Select(rank => Task.Factory.StartNew(() =>
        {
            action(SocketMeeting.Begin(place with { Rank = rank }, ranks, TimeSpan.FromSeconds(60)));
        }, TaskCreationOptions.LongRunning)).ToArray();
        Task.WhenAll(threads).GetAwaiter().GetResult();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void OnRanks(FakeNccl nccl, Action<RankGroup> action) => OnMeetings(nccl.Calls.Length, meeting =>
        action(new RankGroup(meeting, null, 0, () => nccl.Functions(meeting.Rank), DeviceType.CPU)));

    private sealed class GpusFactAttribute : FactAttribute
    {
        public GpusFactAttribute() =>
            Skip = cuda.is_available() && cuda.device_count() > 1 ? null : "There are no two GPUs here.";
    }

    private sealed class WithoutGpuFactAttribute : FactAttribute
    {
        public WithoutGpuFactAttribute() => Skip = cuda.is_available() ? "libtorch has CUDA here." : null;
    }
}
