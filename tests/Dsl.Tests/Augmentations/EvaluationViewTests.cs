using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Augmentations;

/// <summary>Evaluation over random views, and of what a policy does to every image.</summary>
public class EvaluationViewTests
{
    [Fact]
    public void Probabilities_of_views_are_averaged()
    {
        var (inputs, labels, data) = Data(600);
        using var trainer = new StrongTrainer(Model());
        var actual = trainer.Evaluate(data, views: 3);

        // The generated view by hand: the same numbers, from the same stream, batch by batch and view by view.
        using var stream = new RandomStream(trainer.Seed, "evaluation views");
        using var noGrad = no_grad();
        double loss = 0, correct = 0;
        long view = 0;
        foreach (var (first, count) in new[] { (0, 512), (512, 88) })
        {
            var probabilities = zeros(count, 5);
            for (int i = 0; i < 3; i++)
            {
                var sampler = new DrawSampler(stream, view++, ScalarType.Float32, CPU);
                var maps = new[]
                {
                    AffineMap.Shift(sampler.Integers(3, count, 2), 1, ScalarType.Float32),
                    AffineMap.Rotation(sampler.Uniform(-20, 20, count)),
                    AffineMap.Scaling(sampler.Uniform(0.85, 1.15, count)),
                };
                var seen = AffineMap.Apply(inputs.narrow(0, first, count), maps) + (0.1 * sampler.Normal(count, 1, 8, 8));
                seen = ImageErasing.Cutout(seen, sampler.Integers(8, count, 1), sampler.Integers(8, count, 1), 3);
                probabilities += nn.functional.softmax(trainer.Model.forward(seen), 1) / 3;
            }

            var label = labels.narrow(0, first, count);
            loss -= probabilities.gather(1, label.unsqueeze(1)).log().sum().ToDouble();
            correct += probabilities.argmax(1).eq(label).sum().ToInt64();
        }

        Assert.Equal(loss / 600, actual.Loss, 1e-5);
        Assert.Equal(correct / 600, actual.Accuracy, 1e-9);
    }

    [Fact]
    public void Views_are_a_function_of_the_seed()
    {
        var (_, _, data) = Data(40);
        using var trainer = new StrongTrainer(Model());
        var first = trainer.Evaluate(data, 2);
        Assert.Equal(first, trainer.Evaluate(data, 2));
        Assert.NotEqual(first.Loss, trainer.Evaluate(data, 3).Loss);
        trainer.Seed = 4;
        Assert.NotEqual(first.Loss, trainer.Evaluate(data, 2).Loss);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Evaluate(data, 0));
    }

    [Fact]
    public void Evaluating_views_does_not_change_training()
    {
        var (inputs, labels, data) = Data(64);
        using var first = new StrongMeanTeacher(Model());
        using var second = new StrongMeanTeacher(Model());
        var unlabeled = new InMemoryData(inputs.clone(), labels.clone());
        var watching = new Watcher(() => first.Evaluate(data, 2));
        first.Fit(data, unlabeled, watching);
        second.Fit(data, unlabeled);
        Assert.Equal(10, watching.Count);
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters", 0);
        Close.To(second.Teacher.Arena.Values, first.Teacher.Arena.Values, "teacher", 0);
    }

    [Fact]
    public void Views_of_a_mean_teacher_are_independent()
    {
        using var trainer = new StrongMeanTeacher(Model());
        var (inputs, labels, _) = Data(32);
        using var draws = trainer.SampleDraws(new(inputs, labels, inputs));
        Assert.Equal([32, 2], draws.StudentShift.shape);
        Assert.NotEqual(draws.StudentRotation.data<float>().ToArray(), draws.TeacherRotation.data<float>().ToArray());
        Assert.NotEqual(draws.StudentNoise.data<float>().ToArray(), draws.InputNoise.data<float>().ToArray());
    }

    [Fact]
    public void Evaluation_normalizes_as_training_does()
    {
        var (inputs, labels, data) = Data(50);
        using var trainer = new ScaledTrainer(Model());
        using var noGrad = no_grad();
        var expected = nn.functional.cross_entropy(trainer.Model.forward((inputs - 0.5) / 0.25), labels).ToDouble();
        Assert.Equal(expected, trainer.ComputeGradients(new(inputs, labels), new()).Total.ToDouble(), 1e-5);
        Assert.Equal(expected, trainer.Evaluate(data).Loss, 1e-5);
        Assert.Equal(expected, trainer.Evaluate(data, views: 2).Loss, 1e-5);
    }

    private static GreyLinear Model()
    {
        using var generator = new Generator(7);
        return new GreyLinear(generator);
    }

    private static (Tensor Inputs, Tensor Labels, InMemoryData Data) Data(int count)
    {
        using var generator = new Generator(5);
        var inputs = rand([count, 1, 8, 8], generator: generator);
        var labels = randint(0, 5, new long[] { count }, ScalarType.Int64, generator: generator);
        return (inputs, labels, new InMemoryData(inputs.clone(), labels.clone()));
    }

    private sealed class Watcher(Func<Evaluation> evaluate) : ITrainingProgress
    {
        public int Count { get; private set; }

        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
            evaluate();
            Count++;
        }

        public void Finished(TrainingReport report)
        {
        }
    }
}
