using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>Data, networks and comparisons of trainers that meet numbers that are not finite.</summary>
internal static class NonFiniteCase
{
    public static Noted Fresh()
    {
        using var generator = new Generator(2);
        return new Noted(generator);
    }

    public static InMemoryData Noise(int count)
    {
        manual_seed(7);
        return new InMemoryData(randn(count, 6), randint(0, 4, new long[] { count }, ScalarType.Int64));
    }

    public static Tensor Inputs(int seed)
    {
        manual_seed(seed);
        return randn(4, 6);
    }

    public static Tensor Bad()
    {
        var inputs = Inputs(1);
        inputs[2][3] = double.NaN;
        return inputs;
    }

    public static Tensor Classes() => tensor(new long[] { 0, 1, 2, 3 });

    /// <summary>Tensors that two checkpoints have otherwise, without what counts the policy's own doings.</summary>
    public static string[] Differences(string first, string second)
    {
        using var one = Safetensors.Read(first);
        using var other = Safetensors.Read(second);
        Assert.Equal(one.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        var own = one.Keys.Where(name => name.StartsWith("snapshot.", StringComparison.Ordinal)
            || name.EndsWith(".record", StringComparison.Ordinal));
        return [.. one.Keys.Except(own).Where(name => !one[name].Equals(other[name])).Order(StringComparer.Ordinal)];
    }

    /// <summary>Samples of which some have a NaN whenever they are read.</summary>
    internal sealed class Faulty(InMemoryData data, params long[] bad) : ILabeledDataSource
    {
        public long Count => data.Count;

        public Tensor ReadInputs(Tensor indices)
        {
            var inputs = data.ReadInputs(indices);
            for (long row = 0; row < indices.size(0); row++)
                if (bad.Contains(indices[row].ToInt64())) inputs[row].fill_(double.NaN);
            return inputs;
        }

        public Tensor ReadLabels(Tensor indices) => data.ReadLabels(indices);
    }

    /// <summary>What a run tells of refused steps.</summary>
    internal sealed class Told : ITrainingProgress
    {
        public List<(long Step, long Skipped)> Skips { get; } = [];

        public List<(long Step, long RollBacks, double Scale)> Returns { get; } = [];

        public Action<long> Step { get; init; } = _ => { };

        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss) => Step(step);

        public void Skipped(long step, long skippedSteps) => Skips.Add((step, skippedSteps));

        public void RolledBack(long step, long rollBacks, double learningRateScale) =>
            Returns.Add((step, rollBacks, learningRateScale));

        public void Finished(TrainingReport report)
        {
        }
    }
}
