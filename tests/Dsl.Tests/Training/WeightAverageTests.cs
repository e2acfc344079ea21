using Dsl.Runtime;
using Dsl.Tests.Oracles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>The average of the weights is what the formula says, is what is evaluated, and changes nothing else.</summary>
public class WeightAverageTests
{
    [Fact]
    public void The_average_follows_its_recurrence_in_both_targets()
    {
        Tensor? expected = null;
        int update = 0;
        using var data = Images(40);
        using var first = new Averaged(Network());
        Follow(first.Model, first.Average, () => first.Fit(data, Watch(() => Check(first.Model, first.Average))));
        using var second = new AveragedAutograd(Network());
        Follow(second.Model, second.Average, () => second.Fit(data, Watch(() => Check(second.Model, second.Average))));

        void Follow(Everything model, Everything average, Action fit)
        {
            Assert.True(model.Arena.Values.Equals(average.Arena.Values));
            expected = average.Arena.Values.to(ScalarType.Float64);
            update = 0;
            fit();
            Assert.Equal(20, update);
        }

        void Check(Everything model, Everything average)
        {
            update++;
            double decay = Math.Min(1 - (1.0 / (update + 1)), 0.9);
            expected = (expected! * decay) + (model.Arena.Values.to(ScalarType.Float64) * (1 - decay));
            Close.To(expected, average.Arena.Values, $"average after {update}");
            Assert.True(model.BatchNorm2d1RunningMean.Equals(average.BatchNorm2d1RunningMean));
            Assert.False(average.training);
        }
    }

    [Fact]
    public void A_decay_of_zero_is_no_average()
    {
        using var data = Images(40);
        using var trainer = new NotAveraged(Network());
        trainer.Fit(data);
        Assert.True(trainer.Model.Arena.Values.Equals(trainer.Average.Arena.Values));
        Assert.Equal(Classification.Evaluate(trainer.Model, data, CPU), trainer.Evaluate(data));
    }

    [Fact]
    public void Averaging_changes_no_training_and_is_what_is_evaluated()
    {
        using var data = Images(40);
        using var averaged = new Averaged(Network());
        using var plain = new NotAveraged(Network());
        averaged.Fit(data);
        plain.Fit(data);
        Assert.True(plain.Model.Arena.Values.Equals(averaged.Model.Arena.Values));
        Assert.Equal(Classification.Evaluate(averaged.Average, data, CPU), averaged.Evaluate(data));
        Assert.NotEqual(Classification.Evaluate(averaged.Model, data, CPU), averaged.Evaluate(data));
    }

    private static Watcher Watch(Action stepped) => new() { Step = _ => stepped() };

    private static Everything Network()
    {
        using var generator = new Generator(2);
        return new Everything(generator);
    }

    private static InMemoryData Images(int count)
    {
        manual_seed(6);
        return new InMemoryData(randn(count, 2, 10, 10), randint(0, 7, new long[] { count }, ScalarType.Int64));
    }
}

/// <summary>What a test wants to see of a run.</summary>
internal sealed class Watcher : ITrainingProgress
{
    public Action<long> Step { get; init; } = _ => { };

    public List<(long Step, Evaluation Evaluation)> Evaluations { get; } = [];

    public void Started(TrainingRun run)
    {
    }

    public void Stepped(long step, Tensor loss) => Step(step);

    public void Evaluated(long step, IEvaluation evaluation) => Evaluations.Add((step, (Evaluation)evaluation));

    public void Finished(TrainingReport report)
    {
    }
}
