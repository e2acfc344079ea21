using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Dsl.Runtime;
using Dsl.Tests.Samples;
using TorchSharp;
using Xunit;

namespace Dsl.Tests.Training;

/// <summary>Several processes that make each update together, tools/Ranks under <c>mpirun</c>, against one process.</summary>
public sealed class RankTests : IDisposable
{
    // 50 steps of float32; the ranks' sums are in another order.
    private const double Tolerance = 1e-6;

    private static readonly ConcurrentDictionary<(string Name, int Ranks), Lazy<RankRun>> s_runs = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-ranks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RanksTheory]
    [InlineData("plain", 2)]
    [InlineData("plain", 3)]
    [InlineData("plain", 4)]
    [InlineData("autograd", 2)]
    [InlineData("accumulated", 2)]
    [InlineData("accumulated", 3)]
    [InlineData("sharded", 2)]
    [InlineData("sharded", 3)]
    [InlineData("sharded", 4)]
    [InlineData("sharded-autograd", 2)]
    [InlineData("sharded-autograd", 3)]
    [InlineData("sharded-frozen", 2)]
    [InlineData("sharded-frozen", 3)]
    [InlineData("overlapped", 2)]
    [InlineData("overlapped", 3)]
    [InlineData("measured", 2)]
    [InlineData("measured", 3)]
    [InlineData("measured-autograd", 3)]
    public void Ranks_do_what_one_process_does(string name, int ranks)
    {
        var alone = Whole(name, 0).Numbers;
        var together = Whole(name, ranks).Numbers;
        Assert.Equal(50, alone.Keys.Count(key => key.StartsWith("step ", StringComparison.Ordinal)));
        Assert.Equal(alone.Keys, together.Keys);
        foreach (var (key, numbers) in alone)
        {
            double largest = numbers.Max(Math.Abs);
            Assert.All(numbers.Zip(together[key]), pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) <= Tolerance * largest, $"{key}: {pair.First} {pair.Second}"));
        }
    }

    [RankNetworkFact]
    public void A_slow_network_that_loses_packets_changes_no_bit()
    {
        var near = Whole("plain", 3);
        var far = RankRun.OverNetwork(3, delay: 2, loss: 0.02, "plain", NewFile()).Complete();
        Assert.Equal(near.Parameters, far.Parameters);
        var lost = Regex.Match(far.Errors, @"(\d+) packets, (\d+) lost");
        Assert.True(int.Parse(lost.Groups[2].Value, CultureInfo.InvariantCulture) > 0, far.Errors);
    }

    [RankNetworkFact]
    public void A_rank_that_is_killed_on_another_machine_ends_the_run()
    {
        var failed = RankRun.OverNetwork(
            2, 2, 0.02, "plain", NewFile(), "--fault-rank", "1", "--fault-read", "26", "--fault", "Killed");
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("process rank 1", failed.Errors);
    }

    [RanksTheory]
    [InlineData("sharp", 2)]
    [InlineData("noisy", 3)]
    [InlineData("sharded", 3)]
    [InlineData("overlapped", 3)]
    public void The_same_ranks_end_with_the_same_bits(string name, int ranks)
    {
        var first = Whole(name, ranks);
        Assert.NotEmpty(first.Numbers);
        Assert.Equal(first.Output, RankRun.Of(ranks, name, NewFile()).Complete().Output);
    }

    [RanksFact]
    public void Ranks_draw_numbers_of_their_own()
    {
        // The first batch is the same, and so are the parameters: masks and views alone differ.
        Assert.NotEqual(Whole("noisy", 0).Numbers["step 1"][0], Whole("noisy", 3).Numbers["step 1"][0]);
    }

    [RanksFact]
    public void A_rank_that_throws_ends_the_run_which_goes_on_from_its_checkpoint()
    {
        string file = NewFile();
        var failed = RankRun.Of(3, "noisy", file, "--fault-rank", "1", "--fault-read", "26", "--fault", "Throws");
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("Rank 1 of 3 has failed", failed.Errors);
        Assert.Contains("Batch 26 cannot be read.", failed.Errors);
        var resumed = RankRun.Of(3, "noisy", file).Complete();
        AssertBehindASave(resumed);
        Assert.Equal(Whole("noisy", 3).Parameters, resumed.Parameters);
    }

    [RanksFact]
    public void A_rank_that_is_killed_is_named_and_another_number_of_ranks_goes_on()
    {
        string file = NewFile();
        var failed = RankRun.Of(3, "plain", file, "--fault-rank", "1", "--fault-read", "26", "--fault", "Killed");
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("process rank 1", failed.Errors);
        var resumed = RankRun.Of(2, "plain", file).Complete();
        AssertBehindASave(resumed);
        double whole = Whole("plain", 3).Numbers["step 50"][0];
        Assert.True(Math.Abs(whole - resumed.Numbers["step 50"][0]) <= Tolerance * whole);
    }

    [RanksTheory]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    [InlineData(0, 2)]
    public void What_is_frozen_stays_so_in_shards_and_with_other_ranks(int before, int behind)
    {
        string file = NewFile();
        var ended = RankRun.Of(
            before, "sharded-frozen", file, "--fault-rank", "0", "--fault-read", "26", "--fault", "Terminated");
        Assert.NotEqual(0, ended.Status);
        using (var saved = Safetensors.Read(file))
        {
            // Whole moments of 20·24 + 16·20 + 4·16 weights, and of 20, 16 and 4 biases, with the space between them; none of the
            // first layer.
            Assert.All(saved.Where(pair => pair.Key.StartsWith("optimizer.", StringComparison.Ordinal)),
                pair => Assert.Equal(new long[] { 928 }, pair.Value.shape));
        }

        var resumed = RankRun.Of(behind, "sharded-frozen", file).Complete().Numbers;
        var alone = Whole("sharded-frozen", 0).Numbers;
        foreach (var (key, numbers) in resumed.Where(pair => !pair.Key.StartsWith("epoch ", StringComparison.Ordinal)))
        {
            // What is not trained has the same bits whoever trains.
            bool isFrozen = key is "0.weight" or "4.weight" || key.EndsWith(".bias", StringComparison.Ordinal);
            double tolerance = isFrozen ? 0 : Tolerance * alone[key].Max(Math.Abs);
            Assert.All(numbers.Zip(alone[key]), pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance, $"{key}: {pair.First} {pair.Second}"));
        }
    }

    [RanksTheory]
    [InlineData(3, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 0)]
    [InlineData(0, 3)]
    public void Moments_that_ranks_share_out_are_gathered_in_the_file_and_shared_out_anew(int before, int behind)
    {
        string file = NewFile();
        var ended = RankRun.Of(before, "sharded", file, "--fault-rank", "0", "--fault-read", "26", "--fault", "Terminated");
        Assert.NotEqual(0, ended.Status);
        using (var saved = Safetensors.Read(file))
        {
            // The whole moments, as one process keeps them: 24·8 + 32 + 4·24 + 16 numbers, with the space between them.
            Assert.All(saved.Where(pair => pair.Key.StartsWith("optimizer.", StringComparison.Ordinal)),
                pair => Assert.Equal(new long[] { 336 }, pair.Value.shape));
            Assert.True(saved["optimizer.firstMoments"].count_nonzero().ToInt64() > 300);
        }

        var resumed = RankRun.Of(behind, "sharded", file).Complete();
        Assert.True(FirstStep(resumed) is > 10 and < 50, resumed.Output);
        var alone = Whole("sharded", 0).Numbers;
        foreach (var (key, numbers) in resumed.Numbers.Where(pair => !pair.Key.StartsWith("epoch ", StringComparison.Ordinal)))
        {
            double largest = alone[key].Max(Math.Abs);
            Assert.All(numbers.Zip(alone[key]), pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) <= Tolerance * largest, $"{key}: {pair.First} {pair.Second}"));
        }
    }

    [RanksFact]
    public void The_file_of_ranks_that_share_moments_out_is_that_of_one_process()
    {
        string alone = NewFile(), together = NewFile();
        RankRun.Of(0, "sharded", alone).Complete();
        RankRun.Of(3, "sharded", together).Complete();
        using var first = Safetensors.Read(alone);
        using var second = Safetensors.Read(together);
        Assert.Equal(first.Keys, second.Keys);
        Assert.Equal(first.Metadata.Keys, second.Metadata.Keys);
        Assert.All(first, pair => Assert.True(
            (pair.Value - second[pair.Key]).abs().max().ToDouble() <= Tolerance * pair.Value.abs().max().ToDouble(), pair.Key));
    }

    [RanksFact]
    public void A_signal_to_one_rank_ends_all_behind_the_same_step()
    {
        string file = NewFile();
        var ended = RankRun.Of(3, "plain", file, "--fault-rank", "2", "--fault-read", "15", "--fault", "Terminated");
        Assert.NotEqual(0, ended.Status);
        var steps = Regex.Matches(ended.Errors, @"after step (\d+) of 50").Select(match => match.Groups[1].Value).Distinct();
        int step = int.Parse(Assert.Single(steps), CultureInfo.InvariantCulture);
        var resumed = RankRun.Of(3, "plain", file).Complete();
        Assert.Equal(step + 1, FirstStep(resumed));
        Assert.Equal(Whole("plain", 3).Parameters, resumed.Parameters);
    }

    [RanksFact]
    public void Ranks_that_begin_differently_are_refused()
    {
        var refused = RankRun.Of(2, "plain", NewFile(), "--other-seed", "1");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("Seed is 0 on rank 0 and 99 on rank 1", refused.Errors);
    }

    [RanksFact]
    public void More_ranks_than_samples_of_a_batch_are_refused_before_the_first_step()
    {
        var refused = RankRun.Of(9, "plain", NewFile());
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("A batch of 8 samples cannot be shared among 9 ranks", refused.Errors);
        Assert.DoesNotContain("step", refused.Output);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_SIZE = 2 says that this is one of 2 processes")]
    [InlineData("PMI_SIZE", "PMI_SIZE = 2 says that this is one of 2 processes")]
    [InlineData("WORLD_SIZE", "start them by mpirun or srun")]
    public void A_launch_without_a_library_is_refused(string variable, string expected)
    {
        var variables = new Dictionary<string, string> { [variable] = "2", ["RANK"] = "0", ["DSL_MPI"] = "/nowhere/libmpi.so" };
        var refused = RankRun.Of(0, variables, "plain", NewFile());
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("MpiException", refused.Errors);
        Assert.Contains(expected, refused.Errors);
    }

    // The end of all ranks may cut off what the first is writing beside its steps: then it goes on from the save before.
    private static void AssertBehindASave(RankRun resumed) => Assert.True(FirstStep(resumed) is 11 or 21, resumed.Output);

    private static int FirstStep(RankRun run) => int.Parse(run.Output.Split(' ')[1], CultureInfo.InvariantCulture);

    // A run from its start to its end, which several tests look at.
    private static RankRun Whole(string name, int ranks) => s_runs.GetOrAdd((name, ranks), _ => new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("dsl-ranks-").FullName;
        try
        {
            return RankRun.Of(ranks, name, Path.Combine(folder, "run")).Complete();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    })).Value;

    private string NewFile() => Path.Combine(_folder, Guid.NewGuid().ToString("N"));
}
