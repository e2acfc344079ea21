using Dsl.Runtime;
using Dsl.Tests.Layers;
using Dsl.Tests.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Five steps of whole trainers against PyTorch: losses, gradients, parameters, buffers and averages, in both
/// targets.</summary>
public class TrainingGoldenTests
{
    [Fact]
    public void Supervised_adam()
    {
        var golden = Golden.Load("training/supervised_adam");
        using var first = new SupervisedAdam(Model<CnnWithoutBias>(golden));
        Run(golden, first.Model, first.Model.Arena, step => first.ComputeGradients(Batch(step), new()), first.ApplyGradients,
            losses => [("total", losses.Total)]);
        using var second = new SupervisedAdamAutograd(Model<CnnWithoutBias>(golden));
        Run(golden, second.Model, second.Model.Arena,
            step => second.ComputeGradients(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()),
            second.ApplyGradients, losses => [("total", losses.Total)]);

        SupervisedAdam.Batch Batch(int step) => new(golden[$"step{step}.input"], golden[$"step{step}.label"]);
    }

    [Fact]
    public void Supervised_sgd_with_momentum()
    {
        var golden = Golden.Load("training/supervised_sgd_momentum");
        using var first = new SupervisedSgd(Model<Cnn>(golden));
        Run(golden, first.Model, first.Model.Arena,
            step => first.ComputeGradients(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()),
            first.ApplyGradients, losses => [("total", losses.Total)]);
        using var second = new SupervisedSgdAutograd(Model<Cnn>(golden));
        Run(golden, second.Model, second.Model.Arena,
            step => second.ComputeGradients(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()),
            second.ApplyGradients, losses => [("total", losses.Total)]);
    }

    [Fact]
    public void Supervised_sgd_with_nesterov_cosine_and_clipping()
    {
        var golden = Golden.Load("training/supervised_sgd_nesterov_cosine_clip");
        using var first = new SupervisedClipped(Model<Mlp>(golden));
        Run(golden, first.Model, first.Model.Arena,
            step => first.ComputeGradients(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()),
            first.ApplyGradients, losses => [("total", losses.Total)]);
        using var second = new SupervisedClippedAutograd(Model<Mlp>(golden));
        Run(golden, second.Model, second.Model.Arena,
            step => second.ComputeGradients(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()),
            second.ApplyGradients, losses => [("total", losses.Total)]);
    }

    [Fact]
    public void Distillation()
    {
        var golden = Golden.Load("training/distill");
        var teacher = new Mlp();
        golden.Restore(teacher.state_dict(), "initial.teacher.");
        using var first = new DistillAdamW(Model<Mlp>(golden), teacher);
        Run(golden, first.Model, first.Model.Arena,
            step => first.ComputeGradients(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()),
            first.ApplyGradients, losses =>
                [("total", losses.Total), ("distill", losses.Distill), ("cross_entropy", losses.CrossEntropy)]);
        using var second = new DistillAdamWAutograd(Model<Mlp>(golden), teacher);
        Run(golden, second.Model, second.Model.Arena,
            step => second.ComputeGradients(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()),
            second.ApplyGradients, losses =>
                [("total", losses.Total), ("distill", losses.Distill), ("cross_entropy", losses.CrossEntropy)]);
    }

    [Theory]
    [InlineData("training/mean_teacher")]
    [InlineData("training/mean_teacher_ema_cap")]
    public void Mean_teacher(string name)
    {
        var golden = Golden.Load(name);
        double ema = golden.Number("ema");
        using (var trainer = new MeanTeacherAdam(Model<CnnWithoutBias>(golden)) { MeanTeacherEma = ema })
        {
            Run(golden, trainer.Model, trainer.Model.Arena, step => trainer.ComputeGradients(
                    new(golden[$"step{step}.input"], golden[$"step{step}.label"], golden[$"step{step}.unlabeled"]),
                    new(golden[$"step{step}.draws.labelled_shift"], golden[$"step{step}.draws.student_shift"],
                        golden[$"step{step}.draws.teacher_shift"])),
                trainer.ApplyGradients, losses => [("total", losses.Total), ("cross_entropy", losses.CrossEntropy),
                    ("consistency", losses.Consistency)], trainer.Teacher);
        }

        using (var trainer = new MeanTeacherAdamAutograd(Model<CnnWithoutBias>(golden)) { MeanTeacherEma = ema })
        {
            Run(golden, trainer.Model, trainer.Model.Arena, step => trainer.ComputeGradients(
                    new(golden[$"step{step}.input"], golden[$"step{step}.label"], golden[$"step{step}.unlabeled"]),
                    new(golden[$"step{step}.draws.labelled_shift"], golden[$"step{step}.draws.student_shift"],
                        golden[$"step{step}.draws.teacher_shift"])),
                trainer.ApplyGradients, losses => [("total", losses.Total), ("cross_entropy", losses.CrossEntropy),
                    ("consistency", losses.Consistency)], trainer.Teacher);
        }
    }

    [Theory]
    [InlineData("augment/shift_1_channel", 1)]
    [InlineData("augment/shift_3_channels", 1)]
    [InlineData("augment/shift_by_2", 2)]
    public void Image_shift(string name, int pixels)
    {
        var golden = Golden.Load(name);
        golden.Matches("output", ImageShift.Apply(golden["input"], golden["draws.shift"], pixels), 0);
    }

    private static T Model<T>(Golden golden)
        where T : nn.Module<Tensor, Tensor>, new()
    {
        var model = new T();
        golden.Restore(model.state_dict(), "initial.");
        model.train();
        return model;
    }

    private static void Run<TLosses>(
        Golden golden, nn.Module model, ParameterArena arena, Func<int, TLosses> compute, Action apply,
        Func<TLosses, (string, Tensor)[]> terms, nn.Module? teacher = null)
    {
        for (int step = 0; step < 5; step++)
        {
            var losses = compute(step);
            foreach (var (term, loss) in terms(losses)) golden.Matches($"step{step}.loss.{term}", loss, 1e-4);
            if (golden.Names.Contains($"step{step}.gradient.0.weight") || golden.Names.Contains($"step{step}.gradient.10.weight"))
            {
                foreach (var (name, parameter) in model.named_parameters())
                    golden.Matches($"step{step}.gradient.{name}", ArenaGradient.Of(arena, parameter), step == 0 ? 1e-5 : 1e-3);
            }

            apply();
            if (step is not (0 or 4)) continue;
            foreach (var (name, value) in model.state_dict()) golden.Matches($"step{step}.after.{name}", value, 1e-4);
            if (teacher is null) continue;
            foreach (var (name, value) in teacher.state_dict()) golden.Matches($"step{step}.after.teacher.{name}", value, 1e-4);
        }
    }
}
