using Digits;
using Dsl.Runtime;
using Dsl.Tests.Reinforcements;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Training;

/// <summary>By TorchSharp's own count, the tensors that a step makes are freed by the end of the next one.</summary>
public sealed class LiveTensorTests
{
    [Fact]
    public void Supervised_steps_leave_no_tensor()
    {
        using var trainer = new SupervisedTrainer(new Cnn());
        using var batch = new SupervisedTrainer.Batch(rand(8, 1, 8, 8), arange(8, ScalarType.Int64));
        Expect(() => trainer.Step(batch));
    }

    [Fact]
    public void Distilling_steps_leave_no_tensor()
    {
        using var trainer = new DistillTrainer(new Mlp(), new Cnn());
        using var batch = new DistillTrainer.Batch(rand(8, 1, 8, 8));
        Expect(() => trainer.Step(batch));
    }

    [Fact]
    public void Steps_of_mean_teacher_leave_no_tensor()
    {
        using var trainer = new MeanTeacherTrainer(new NoisyCnn());
        using var batch = new MeanTeacherTrainer.Batch(rand(8, 1, 8, 8), arange(8, ScalarType.Int64), rand(16, 1, 8, 8));
        Expect(() => trainer.Step(batch));
    }

    [Fact]
    public void Steps_through_time_leave_no_tensor()
    {
        using var trainer = new A2cOfRememberer(new Rememberer());
        using var batch = new A2cOfRememberer.Batch(
            rand(6, 4, 4), rand(6, 5), ones(6, 4), zeros([6, 4], ScalarType.Int64), rand(6, 4), rand(6, 4));
        Expect(() => trainer.Step(batch));
    }

    [Fact]
    public void Evaluating_leaves_no_tensor()
    {
        using var trainer = new SupervisedTrainer(new Cnn());
        using var data = new InMemoryData(rand(30, 1, 8, 8), arange(30, ScalarType.Int64).remainder(10));
        Expect(() => trainer.Evaluate(data));
    }

    private static void Expect(Action step)
    {
        // The first ones make what is kept: moments, tapes, the last losses.
        for (int i = 0; i < 3; i++) step();
        long before = Live();
        for (int i = 0; i < 20; i++) step();
        Assert.Equal(before, Live());

        static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
    }
}
