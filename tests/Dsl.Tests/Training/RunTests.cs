using Dsl.Runtime;
using Dsl.Tests.Oracles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Training;

/// <summary>What a user relies on when training: reproducible, resumable, undisturbed by evaluation, clear when wrong.</summary>
public class RunTests
{
    [Fact]
    public void A_step_is_a_pure_function_of_batch_and_draws()
    {
        using var first = new ExplicitMeanTeacher(Model());
        using var second = new ExplicitMeanTeacher(Model());
        var batch = Batch();
        using var draws = first.SampleDraws(batch);
        first.Step(batch, draws);
        second.Step(batch, draws);
        Assert.True(first.Model.Arena.Values.Equals(second.Model.Arena.Values));
        Assert.True(first.Teacher.Arena.Values.Equals(second.Teacher.Arena.Values));
    }

    [Fact]
    public void Draws_differ_from_step_to_step_and_from_view_to_view()
    {
        using var trainer = new ExplicitMeanTeacher(Model());
        var batch = Batch();
        using var first = trainer.SampleDraws(batch);
        Assert.False(first.StudentShift.Equals(first.TeacherShift));
        trainer.Step(batch, first);
        using var second = trainer.SampleDraws(batch);
        Assert.False(first.StudentShift.Equals(second.StudentShift));
        Assert.InRange(first.StudentShift.max().ToInt64(), 0, 4);
    }

    [Fact]
    public void Evaluating_never_changes_training()
    {
        using var data = Data(40);
        using var undisturbed = Trained(data, 12, (_, _) => { });
        using var evaluated = Trained(data, 12, (trainer, step) => trainer.Evaluate(data));
        Assert.True(undisturbed.Model.Arena.Values.Equals(evaluated.Model.Arena.Values));
    }

    [Fact]
    public void A_resumed_run_equals_the_uninterrupted_one_bit_for_bit()
    {
        using var data = Data(40);
        string path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():n}.safetensors");
        try
        {
            using var whole = Trained(data, 20, (trainer, step) =>
            {
                if (step == 7) trainer.Save(path);
            });
            using var resumed = new ExplicitMeanTeacher(Model(seed: 77));
            resumed.Resume(path);
            Assert.Equal(7, resumed.StepCount);
            resumed.Fit(data, data);
            Assert.Equal(20, resumed.StepCount);
            Assert.True(whole.Model.Arena.Values.Equals(resumed.Model.Arena.Values));
            Assert.True(whole.Teacher.Arena.Values.Equals(resumed.Teacher.Arena.Values));
            foreach (var ((name, buffer), (_, other)) in whole.Model.named_buffers().Zip(resumed.Model.named_buffers()))
                Assert.True(buffer.Equals(other), name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_trainer_is_refused()
    {
        string path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():n}.safetensors");
        try
        {
            using var trainer = new ExplicitMeanTeacher(Model());
            trainer.Save(path);
            using var other = new ExplicitDistill(Model(), Model());
            var error = Assert.Throws<InvalidDataException>(() => other.Resume(path));
            Assert.Contains(nameof(ExplicitMeanTeacher), error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_wrong_shape_at_run_time_is_an_exception_and_the_trainer_lives_on()
    {
        using var trainer = new ExplicitDistill(Model(), Model());
        var error = Assert.Throws<DataMismatchException>(
            () => trainer.Step(new(randn(4, 3, 10, 10), zeros([4], ScalarType.Int64))));
        Assert.Contains("[4, 3, 10, 10]", error.Message, StringComparison.Ordinal);
        trainer.Step(new(randn(4, 2, 10, 10), zeros([4], ScalarType.Int64)));
    }

    [Fact]
    public void A_given_teacher_is_evaluated_and_never_changed()
    {
        var teacher = Model(seed: 2);
        teacher.train();
        using var before = teacher.Arena.Values.clone();
        using var trainer = new ExplicitDistill(Model(), teacher);
        Assert.False(teacher.training);
        trainer.Step(new(randn(4, 2, 10, 10), zeros([4], ScalarType.Int64)));
        Assert.True(before.Equals(teacher.Arena.Values));
        Assert.Equal(0, teacher.BatchNorm2d1NumBatchesTracked.ToInt64());
    }

    [Fact]
    public void Hyperparameters_are_checked_when_they_are_set()
    {
        using var trainer = new ExplicitDistill(Model(), Model());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.DistillTemperature = 0);
        Assert.Contains("DistillTemperature", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, trainer.DistillTemperature);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.LearningRate = double.NaN);
    }

    [Fact]
    public void Objectives_of_weight_zero_give_no_gradient()
    {
        using var trainer = new ExplicitDistill(Model(), Model(seed: 2)) { CrossEntropyWeight = 0, DistillWeight = 0 };
        trainer.ComputeGradients(new(randn(4, 2, 10, 10), zeros([4], ScalarType.Int64)), new());
        Assert.Equal(0, trainer.Model.Arena.Gradients.abs().max().ToDouble());
    }

    [Fact]
    public void A_teacher_of_other_classes_is_refused()
    {
        using var trainer = new ExplicitDistill(Model(), nn.Sequential(("flatten", nn.Flatten()), ("linear", nn.Linear(200, 1))));
        var error = Assert.Throws<InvalidOperationException>(
            () => trainer.Step(new(randn(4, 2, 10, 10), zeros([4], ScalarType.Int64))));
        Assert.Contains("returns [4, 7]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_go_to_a_plain_sequential_and_back_by_name()
    {
        using var model = new Layers.Mlp();
        using var plain = nn.Sequential(("0", nn.Linear(12, 16)), ("1", nn.ReLU()), ("2", nn.Linear(16, 5)));
        plain.load_state_dict(model.state_dict());
        var input = randn(3, 12);
        Close.To(plain.forward(input), model.forward(input), "outputs");
    }

    private static Everything Model(int seed = 1)
    {
        using var generator = new Generator((ulong)seed);
        return new Everything(generator);
    }

    private static ExplicitMeanTeacher.Batch Batch()
    {
        manual_seed(4);
        return new(randn(8, 2, 10, 10), randint(0, 7, new long[] { 8 }, ScalarType.Int64), randn(12, 2, 10, 10));
    }

    private static InMemoryData Data(int count)
    {
        manual_seed(6);
        return new InMemoryData(randn(count, 2, 10, 10), randint(0, 7, new long[] { count }, ScalarType.Int64));
    }

    private static ExplicitMeanTeacher Trained(InMemoryData data, int steps, Action<ExplicitMeanTeacher, long> afterStep)
    {
        var trainer = new ExplicitMeanTeacher(Model());
        trainer.Steps = 20;
        trainer.Fit(data, data, new Watcher(step =>
        {
            afterStep(trainer, step);
            if (step == steps) trainer.Steps = steps;
        }));
        return trainer;
    }

    private sealed class Watcher(Action<long> stepped) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss) => stepped(step);

        public void Finished(TrainingReport report)
        {
        }
    }
}
