using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Ten updates from given gradients against torch.optim: the fused pass, and the tensor operations of other
/// devices.</summary>
public class OptimizerGoldenTests
{
    // The fused pass works in float32; a model in float64 takes the way of tensor operations.
    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.Float64];

    [Theory, MemberData(nameof(Types))]
    public void Sgd(ScalarType type) =>
        Check("sgd", type, m => Updates(new SgdPlain(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Sgd_with_momentum(ScalarType type) =>
        Check("sgd_momentum", type, m => Updates(new SgdMomentum(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Sgd_with_nesterov(ScalarType type) =>
        Check("sgd_nesterov", type, m => Updates(new SgdNesterov(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Sgd_with_weight_decay(ScalarType type) =>
        Check("sgd_weight_decay", type, m => Updates(new SgdDecay(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Sgd_with_momentum_and_weight_decay(ScalarType type) =>
        Check("sgd_momentum_weight_decay", type,
            m => Updates(new SgdMomentumDecay(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Sgd_with_nesterov_and_weight_decay(ScalarType type) =>
        Check("sgd_nesterov_weight_decay", type,
            m => Updates(new SgdNesterovDecay(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Adam(ScalarType type) =>
        Check("adam", type, m => Updates(new AdamPlain(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Adam_with_weight_decay(ScalarType type) =>
        Check("adam_weight_decay", type, m => Updates(new AdamDecay(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Adam_with_other_betas(ScalarType type) =>
        Check("adam_betas", type, m => Updates(new AdamBetas(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void AdamW(ScalarType type) =>
        Check("adamw", type, m => Updates(new AdamWDecay(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void AdamW_without_decay(ScalarType type) =>
        Check("adamw_no_decay", type, m => Updates(new AdamWPlain(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory]
    [InlineData("clip_grad_norm")]
    [InlineData("clip_grad_norm_below")]
    public void Clipping(string name)
    {
        var golden = Golden.Load("optimizers/" + name);
        using var model = new Line();
        using var trainer = new Clipped(model);
        Set(model, model.Arena.Values, zeros(37));
        Set(model, model.Arena.Gradients, golden["gradients"]);
        trainer.ApplyGradients();

        // From zero, with rate 1, the parameters are the clipped gradient, negated.
        golden.Matches("clipped", -Get(model, model.Arena.Values));
        Assert.Equal(0, model.Arena.Gradients.abs().sum().ToDouble());
    }

    private static (Action Apply, Action<double> SetRate) Updates<T>(T trainer, Func<T, Action> apply, Action<T, double> rate) =>
        (apply(trainer), value => rate(trainer, value));

    private static void Check(string name, ScalarType type, Func<Line, (Action Apply, Action<double> SetRate)> create)
    {
        var golden = Golden.Load("optimizers/" + name);
        using var model = new Line().to(type);
        Assert.Equal(type == ScalarType.Float32, model.Arena.IsFused);
        Set(model, model.Arena.Values, golden["initial"]);
        var (apply, setRate) = create(model);
        for (int step = 0; step < 10; step++)
        {
            setRate(golden["learning_rates"][step].ToDouble());
            Set(model, model.Arena.Gradients, golden["gradients"][step]);
            apply();
            Close.To(golden["parameters"][step], Get(model, model.Arena.Values), $"{name} after step {step}");
            Assert.Equal(0, model.Arena.Gradients.abs().sum().ToDouble());
        }
    }

    private static void Set(Line model, Tensor flat, Tensor values)
    {
        using var noGrad = no_grad();
        flat.narrow(0, model.Linear0Weight.storage_offset(), 36).copy_(values.narrow(0, 0, 36));
        flat.narrow(0, model.Linear0Bias.storage_offset(), 1).copy_(values.narrow(0, 36, 1));
    }

    private static Tensor Get(Line model, Tensor flat) => cat(
    [
        flat.narrow(0, model.Linear0Weight.storage_offset(), 36),
        flat.narrow(0, model.Linear0Bias.storage_offset(), 1),
    ]);
}
