using Dsl.Tests.Objectives;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Losses and the gradient of the logits against PyTorch, in both targets.</summary>
public class ObjectiveGoldenTests
{
    [Theory]
    [InlineData("objectives/cross_entropy")]
    [InlineData("objectives/cross_entropy_large_logits")]
    public void CrossEntropy(string name)
    {
        var golden = Golden.Load(name);
        using (var trainer = new CrossEntropyExplicit(Model(golden)))
        {
            var losses = trainer.ComputeGradients(new(Identity(), golden["labels"]), new());
            Check(golden, losses.Total, trainer.Model, ("cross_entropy", losses.CrossEntropy));
        }

        using (var trainer = new CrossEntropyAutograd(Model(golden)))
        {
            var losses = trainer.ComputeGradients(new(Identity(), golden["labels"]), new());
            Check(golden, losses.Total, trainer.Model, ("cross_entropy", losses.CrossEntropy));
        }
    }

    [Fact]
    public void CrossEntropy_with_a_weight()
    {
        var golden = Golden.Load("objectives/cross_entropy_weight_0.3");
        using (var trainer = new WeightedExplicit(Model(golden)))
        {
            var losses = trainer.ComputeGradients(new(Identity(), golden["labels"]), new());
            Check(golden, losses.Total, trainer.Model, ("cross_entropy", losses.CrossEntropy));
        }

        using (var trainer = new WeightedAutograd(Model(golden)))
        {
            var losses = trainer.ComputeGradients(new(Identity(), golden["labels"]), new());
            Check(golden, losses.Total, trainer.Model, ("cross_entropy", losses.CrossEntropy));
        }
    }

    [Theory]
    [InlineData("objectives/distill_t1")]
    [InlineData("objectives/distill_t2")]
    [InlineData("objectives/distill_t4")]
    [InlineData("objectives/distill_t20")]
    public void Distill(string name)
    {
        var golden = Golden.Load(name);
        double temperature = golden.Number("distill.temperature");
        using (var trainer = new DistillExplicit(Model(golden), Teacher(golden)) { DistillTemperature = temperature })
        {
            var losses = trainer.ComputeGradients(new(Identity()), new());
            Check(golden, losses.Total, trainer.Model, ("distill", losses.Distill));
        }

        using (var trainer = new DistillAutograd(Model(golden), Teacher(golden)) { DistillTemperature = temperature })
        {
            var losses = trainer.ComputeGradients(new(Identity()), new());
            Check(golden, losses.Total, trainer.Model, ("distill", losses.Distill));
        }
    }

    [Theory]
    [InlineData("objectives/distill_t1_cross_entropy")]
    [InlineData("objectives/distill_t4_cross_entropy")]
    [InlineData("objectives/distill_t20_cross_entropy")]
    public void Distill_and_cross_entropy(string name)
    {
        var golden = Golden.Load(name);
        double temperature = golden.Number("distill.temperature");
        using (var trainer = new BothExplicit(Model(golden), Teacher(golden)) { DistillTemperature = temperature })
        {
            var losses = trainer.ComputeGradients(new(Identity(), golden["labels"]), new());
            Check(golden, losses.Total, trainer.Model, ("distill", losses.Distill), ("cross_entropy", losses.CrossEntropy));
        }

        using (var trainer = new BothAutograd(Model(golden), Teacher(golden)) { DistillTemperature = temperature })
        {
            var losses = trainer.ComputeGradients(new(Identity(), golden["labels"]), new());
            Check(golden, losses.Total, trainer.Model, ("distill", losses.Distill), ("cross_entropy", losses.CrossEntropy));
        }
    }

    private static Tensor Identity() => eye(8);

    private static Logits Model(Golden golden) => With(golden["logits"]);

    private static Logits Teacher(Golden golden) => With(golden["teacher_logits"]);

    private static Logits With(Tensor logits)
    {
        var model = new Logits();
        using var noGrad = no_grad();
        model.Linear0Weight.copy_(logits.t());
        return model;
    }

    private static void Check(Golden golden, Tensor total, Logits model, params (string Name, Tensor Loss)[] terms)
    {
        golden.Matches("loss.total", total);
        foreach (var (name, loss) in terms) golden.Matches($"loss.{name}", loss);
        golden.Matches("logits_gradient", ArenaGradient.Of(model.Arena, model.Linear0Weight).t());
    }
}
