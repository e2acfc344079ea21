using Dsl.Runtime;
using Dsl.Tests.Distillation;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Feature distillation against PyTorch in both targets: losses, and the gradient of every parameter, the adapter's
/// included.</summary>
public class FeatureGoldenTests
{
    [Fact]
    public void A_hint_through_an_adapter_beside_predictions()
    {
        var golden = Golden.Load("feature_distillation/hint");
        using (var trainer = new HintExplicit(
            Student(golden), Teacher(golden)) { DistillLogitsTemperature = golden.Number("distill.temperature") })
        {
            var losses = trainer.ComputeGradients(new(golden["input"]), new());
            Check(golden, trainer.Model, losses.Total, losses.DistillFeatureHint, losses.DistillLogits);
        }

        using (var trainer = new HintAutograd(
            Student(golden), Teacher(golden)) { DistillLogitsTemperature = golden.Number("distill.temperature") })
        {
            var losses = trainer.ComputeGradients(new(golden["input"]), new());
            Check(golden, trainer.Model, losses.Total, losses.DistillFeatureHint, losses.DistillLogits);
        }
    }

    [Fact]
    public void A_network_that_equals_its_teacher_has_nothing_to_learn()
    {
        var (model, teacher) = (new Hidden(), new Hidden());
        using (no_grad()) teacher.Arena.Values.copy_(model.Arena.Values);
        using var trainer = new Following(model, teacher);
        var losses = trainer.ComputeGradients(new(randn([5, 6])), new());

        // A teacher's tangents are libtorch's, a student's those of a loop: equal but for the last digit.
        Assert.Equal(0, losses.Total.ToDouble(), 1e-13);
        Assert.Equal(0, model.Arena.Gradients.abs().sum().ToDouble(), 1e-6);
    }

    [Fact]
    public void Training_brings_the_features_to_the_teacher_s_and_leaves_what_lies_behind_them()
    {
        using var data = new InMemoryData(randn([32, 6]), zeros([32], ScalarType.Int64));
        var (model, teacher) = (new Hidden(), new Hidden());
        using var head = model.Linear3Weight.clone();
        using var trainer = new Following(model, teacher);
        double before = Loss(trainer, data.Inputs);
        trainer.Fit(data);
        Assert.True(Loss(trainer, data.Inputs) < before / 4);
        Assert.True(head.Equals(model.Linear3Weight));
    }

    [Fact]
    public void Both_targets_train_alike()
    {
        using var data = new InMemoryData(randn([32, 6]), zeros([32], ScalarType.Int64));
        var teacher = new Hidden();
        using var trainer = new Following(Seeded(), teacher);
        using var autograd = new FollowingAutograd(Seeded(), teacher);
        trainer.Fit(data);
        autograd.Fit(data);
        Close.To(trainer.Model.Arena.Values, autograd.Model.Arena.Values, "parameters", 1e-5);

        static Hidden Seeded()
        {
            using var generator = new Generator(3);
            return new Hidden(generator);
        }
    }

    private static double Loss(Following trainer, Tensor input)
    {
        double loss = trainer.ComputeGradients(new(input), new()).Total.ToDouble();
        trainer.Model.Arena.Gradients.zero_();
        return loss;
    }

    private static void Check(Golden golden, Narrow model, Tensor total, Tensor feature, Tensor prediction)
    {
        golden.Matches("loss.total", total);
        golden.Matches("loss.feature", feature);
        golden.Matches("loss.distill", prediction);
        var parameters = model.named_parameters().ToList();
        Assert.Equal(6, parameters.Count);
        for (int i = 0; i < parameters.Count; i++)
            golden.Matches($"gradient.{i}", ArenaGradient.Of(model.Arena, parameters[i].parameter));
    }

    private static Narrow Student(Golden golden)
    {
        var model = new Narrow();
        Fill(golden, "student", model);
        return model;
    }

    private static Wide Teacher(Golden golden)
    {
        var model = new Wide();
        Fill(golden, "teacher", model);
        using var noGrad = no_grad();
        foreach (var (name, buffer) in model.named_buffers())
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal)) buffer.copy_(golden["teacher.mean"]);
            if (name.EndsWith("running_var", StringComparison.Ordinal)) buffer.copy_(golden["teacher.variance"]);
        }

        return model;
    }

    private static void Fill(Golden golden, string prefix, nn.Module model)
    {
        using var noGrad = no_grad();
        int i = 0;
        foreach (var (_, parameter) in model.named_parameters()) parameter.copy_(golden[$"{prefix}.{i++}"]);
    }
}
