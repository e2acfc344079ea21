using Dsl.Tests.Distillation;
using Dsl.Tests.Objectives;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Ensembles of teachers and noisy teachers against PyTorch, in both targets: losses and the gradient of the
/// logits.</summary>
public class DistillationGoldenTests
{
    [Theory]
    [InlineData("distillation/arithmetic_3_t1")]
    [InlineData("distillation/arithmetic_2_t4")]
    [InlineData("distillation/arithmetic_3_t20")]
    public void Arithmetic_mean(string name)
    {
        var golden = Golden.Load(name);
        double temperature = golden.Number("distill.temperature");
        using (var trainer = new ArithmeticExplicit(Model(golden), Teachers(golden)) { DistillTemperature = temperature })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new()).Total, trainer.Model);
        using (var trainer = new ArithmeticAutograd(Model(golden), Teachers(golden)) { DistillTemperature = temperature })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new()).Total, trainer.Model);
    }

    [Theory]
    [InlineData("distillation/geometric_3_t1")]
    [InlineData("distillation/geometric_2_t4")]
    [InlineData("distillation/geometric_3_t20")]
    public void Geometric_mean(string name)
    {
        var golden = Golden.Load(name);
        double temperature = golden.Number("distill.temperature");
        using (var trainer = new GeometricExplicit(Model(golden), Teachers(golden)) { DistillTemperature = temperature })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new()).Total, trainer.Model);
        using (var trainer = new GeometricAutograd(Model(golden), Teachers(golden)) { DistillTemperature = temperature })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new()).Total, trainer.Model);
    }

    [Theory]
    [InlineData("distillation/noisy_0.5_t4")]
    [InlineData("distillation/noisy_1_t1")]
    public void Noisy_teacher(string name)
    {
        var golden = Golden.Load(name);
        double temperature = golden.Number("distill.temperature"), deviation = golden.Number("distill.deviation");
        var teacher = Of(golden["teacher_logits"]);
        var noisy = golden["noisy"].to(ScalarType.Bool);
        using (var trainer = new NoisyExplicit(
            Model(golden), teacher) { DistillTemperature = temperature, DistillTeacherNoise = deviation })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new(golden["noise"], noisy)).Total, trainer.Model);
        using (var trainer = new NoisyAutograd(
            Model(golden), teacher) { DistillTemperature = temperature, DistillTeacherNoise = deviation })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new(golden["noise"], noisy)).Total, trainer.Model);
    }

    [Theory]
    [InlineData("distillation/noisy_mean_3_t4")]
    [InlineData("distillation/noisy_mean_2_t1")]
    public void Noisy_arithmetic_mean(string name)
    {
        var golden = Golden.Load(name);
        double temperature = golden.Number("distill.temperature"), deviation = golden.Number("distill.deviation");
        var noisy = golden["noisy"].to(ScalarType.Bool);
        using (var trainer = new NoisyMeanExplicit(
            Model(golden), Teachers(golden)) { DistillTemperature = temperature, DistillTeacherNoise = deviation })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new(golden["noise"], noisy)).Total, trainer.Model);
        using (var trainer = new NoisyMeanAutograd(
            Model(golden), Teachers(golden)) { DistillTemperature = temperature, DistillTeacherNoise = deviation })
            Check(golden, trainer.ComputeGradients(new(eye(8)), new(golden["noise"], noisy)).Total, trainer.Model);
    }

    private static Logits Model(Golden golden) => Of(golden["logits"]);

    private static Logits[] Teachers(Golden golden) => [.. golden["teacher_logits"].unbind().Select(Of)];

    private static Logits Of(Tensor logits)
    {
        var model = new Logits();
        using var noGrad = no_grad();
        model.Linear0Weight.copy_(logits.t());
        return model;
    }

    private static void Check(Golden golden, Tensor total, Logits model)
    {
        golden.Matches("loss.total", total);
        golden.Matches("logits_gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t());
    }
}
