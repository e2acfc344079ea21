using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Processes;

/// <summary>How a process knows of others, and what each has of a batch. Several of them are tools/Ranks.</summary>
public class RankTests
{
    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=3", 4, 3)]
    [InlineData("OMPI_COMM_WORLD_SIZE=1", 1, 0)]
    [InlineData("PMI_SIZE=2 MPI_LOCALRANKID=1", 2, 1)]
    [InlineData("SLURM_STEP_NUM_TASKS=8 SLURM_LOCALID=2 SLURM_NTASKS=16", 8, 2)]
    [InlineData("SLURM_NTASKS=16 SLURM_PROCID=0", 1, 0)]
    [InlineData("WORLD_SIZE=1 RANK=0", 1, 0)]
    [InlineData("WORLD_SIZE=2", 1, 0)]
    [InlineData("OMPI_COMM_WORLD_SIZE=2 WORLD_SIZE=2 RANK=0", 2, 0)]
    public void Launchers_say_how_many_there_are(string variables, int count, int local)
    {
        var launch = RankLaunch.Read(Lookup(variables));
        Assert.Equal((count, local), (launch.Count, launch.LocalRank));
        Assert.Null(launch.Place);
    }

    [Theory]
    [InlineData("WORLD_SIZE=4 RANK=3 LOCAL_RANK=1 MASTER_ADDR=a MASTER_PORT=29500", 4, 1, "a", 29500, 3)]
    [InlineData("WORLD_SIZE=2 RANK=0 MASTER_ADDR=a MASTER_PORT=29500 TORCHELASTIC_USE_AGENT_STORE=True", 2, 0, "a", 29501, 0)]
    [InlineData("SLURM_STEP_NUM_TASKS=8 SLURM_PROCID=5 SLURM_LOCALID=2 MASTER_ADDR=b MASTER_PORT=9", 8, 2, "b", 9, 5)]
    public void Launchers_without_MPI_say_where_ranks_meet(
        string variables, int count, int local, string host, int port, int rank)
    {
        var launch = RankLaunch.Read(Lookup(variables));
        Assert.Equal((count, local), (launch.Count, launch.LocalRank));
        Assert.Equal(new MeetingPlace(host, port, rank), launch.Place);
    }

    [Theory]
    [InlineData("WORLD_SIZE=2 RANK=1")]
    [InlineData("WORLD_SIZE=2 RANK=1 MASTER_ADDR=a")]
    [InlineData("WORLD_SIZE=2 RANK=1 MASTER_ADDR=a MASTER_PORT=0")]
    public void A_launcher_without_MPI_or_a_place_is_refused(string variables)
    {
        string told = Assert.Throws<MpiException>(() => RankLaunch.Read(Lookup(variables))).Message;
        Assert.Contains("MASTER_ADDR and MASTER_PORT", told);
        Assert.Contains("mpirun", told);
    }

    [Theory]
    [InlineData("", ProgressDisplay.Bar)]
    [InlineData("OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_RANK=0", ProgressDisplay.Bar)]
    [InlineData("OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_RANK=1", ProgressDisplay.None)]
    [InlineData("SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=1", ProgressDisplay.None)]
    [InlineData("SLURM_PROCID=1", ProgressDisplay.Bar)]
    [InlineData("WORLD_SIZE=2 RANK=1", ProgressDisplay.None)]
    [InlineData("WORLD_SIZE=2 RANK=0", ProgressDisplay.Bar)]
    [InlineData("OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_RANK=1 DSL_PROGRESS=lines", ProgressDisplay.Lines)]
    public void The_first_of_several_shows_its_run(string variables, object display) =>
        Assert.Equal(display, ProgressChoice.From(Lookup(variables)).Display);

    [Theory]
    [InlineData(24, 3)]
    [InlineData(25, 3)]
    [InlineData(7, 4)]
    [InlineData(4, 4)]
    public void Parts_are_the_whole_batch_and_nothing_twice(long samples, int ranks)
    {
        long next = 0;
        for (int rank = 0; rank < ranks; rank++)
        {
            var (first, end) = RankGroup.PartOf(samples, rank, ranks);
            Assert.Equal(next, first);
            Assert.InRange(end - first, samples / ranks, (samples + ranks - 1) / ranks);
            next = end;
        }

        Assert.Equal(samples, next);
    }

    [Fact]
    public void A_process_alone_meets_nobody()
    {
        var alone = RankGroup.Alone;
        using var values = tensor(new[] { 1f, 2f });
        alone.Sum(values);
        alone.SumLosses(values);
        alone.Share(values);
        alone.Meet();
        Assert.Equal([1f, 2f], values.data<float>().ToArray());
        Assert.Equal(5, alone.Sum(5));
        Assert.False(alone.Any(false));
        Assert.Equal((0, 1, true), (alone.Rank, alone.Count, alone.IsFirst));
        Assert.False(alone.Ends(new InvalidOperationException()));
        using var part = alone.PartOf(arange(3));
        Assert.Equal(3, part.size(0));
    }

    [Fact]
    public void Digests_tell_single_bits_apart()
    {
        using var values = zeros([37]);
        ulong before = TensorDigest.Of(values);
        using var same = zeros([37]);
        Assert.Equal(before, TensorDigest.Of(same));
        for (int i = 0; i < 37; i++)
        {
            using var other = zeros([37]);
            other[i] = tensor(float.Epsilon);
            Assert.NotEqual(before, TensorDigest.Of(other));
        }

        using var shorter = zeros([36]);
        Assert.NotEqual(before, TensorDigest.Of(shorter));
    }

    [Fact]
    public void Other_ranks_have_other_streams()
    {
        Assert.NotEqual(StreamSeed.Of(1, "draws", 5), StreamSeed.Of(1, "draws, rank 1", 5));
        Assert.NotEqual(StreamSeed.Of(1, "draws, rank 2", 5), StreamSeed.Of(1, "draws, rank 1", 5));
    }

    private static Func<string, string?> Lookup(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return values.GetValueOrDefault;
    }
}
