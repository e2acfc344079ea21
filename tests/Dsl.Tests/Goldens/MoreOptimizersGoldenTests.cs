using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Ten updates from given gradients against torch.optim, or against the paper's formula where torch has none.</summary>
public class MoreOptimizersGoldenTests
{
    // The fused pass works in float32; a model in float64 takes the way of tensor operations, as a trainer of the autograd
    // target does.
    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.Float64];

    [Theory, MemberData(nameof(Types))]
    public void Adam_with_amsgrad(ScalarType type) =>
        Check("adam_amsgrad", type, m => Updates(new AdamAmsGrad(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void AdamW_with_amsgrad(ScalarType type) =>
        Check("adamw_amsgrad", type, m => Updates(new AdamWAmsGrad(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void RmsProp(ScalarType type) =>
        Check("rmsprop", type, m => Updates(new RmsPropPlain(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void RmsProp_that_is_centered(ScalarType type) =>
        Check("rmsprop_centered", type,
            m => Updates(new RmsPropCentered(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void RmsProp_with_momentum_and_weight_decay(ScalarType type) => Check(
        "rmsprop_momentum_weight_decay", type, m =>
            Updates(new RmsPropMomentumDecay(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void RmsProp_that_is_centered_with_momentum(ScalarType type) => Check(
        "rmsprop_centered_momentum", type, m =>
            Updates(new RmsPropCenteredMomentum(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Adagrad(ScalarType type) =>
        Check("adagrad", type, m => Updates(new AdagradPlain(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Adagrad_with_decays_and_an_initial_accumulator(ScalarType type) =>
        Check("adagrad_decay", type, m => Updates(new AdagradDecay(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Lars_of_the_paper(ScalarType type) =>
        Check("lars", type, m => Updates(new LarsScaled(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Lars_with_the_rate_outside(ScalarType type) =>
        Check("lars_unscaled", type, m => Updates(new LarsUnscaled(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Lars_that_adapts_vectors(ScalarType type) =>
        Check("lars_adapt_vectors", type, m => Updates(new LarsVectors(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void Lamb(ScalarType type)
    {
        Check("lamb", type, m => Updates(new LambPlain(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));
        Check("lamb", type, m => Updates(new LambAutograd(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));
    }

    [Theory, MemberData(nameof(Types))]
    public void Lamb_without_bias_correction(ScalarType type) =>
        Check("lamb_uncorrected", type,
            m => Updates(new LambUncorrected(m), t => t.ApplyGradients, (t, r) => t.LearningRate = r));

    [Theory, MemberData(nameof(Types))]
    public void A_ratio_is_one_where_a_norm_is_zero(ScalarType type)
    {
        using var model = new TwoLayers().to(type);
        using var trainer = new LarsScaled(model) { LearningRate = 0.5, WeightDecay = 0 };
        using (no_grad())
        {
            model.Arena.Values.zero_();
            model.Linear0Weight.fill_(1);
            ArenaGradient.Of(model.Arena, model.Linear2Weight).fill_(1);
        }

        trainer.ApplyGradients();
        Close.To(full([3, 6], -0.5), model.Linear2Weight, "a weight of norm zero");
        Close.To(ones(6, 5), model.Linear0Weight, "a weight whose gradient is zero");
    }

    private static (Action Apply, Action<double> SetRate) Updates<T>(T trainer, Func<T, Action> apply, Action<T, double> rate) =>
        (apply(trainer), value => rate(trainer, value));

    private static void Check(string name, ScalarType type, Func<TwoLayers, (Action Apply, Action<double> SetRate)> create)
    {
        var golden = Golden.Load("more_optimizers/" + name);
        using var model = new TwoLayers().to(type);
        golden.Restore(model.state_dict(), "initial.");
        var (apply, setRate) = create(model);
        for (int step = 0; step < 10; step++)
        {
            setRate(golden.Number("lr") * (1 - (0.08 * step)));
            using (no_grad())
            {
                foreach (var (parameter, value) in model.named_parameters())
                    ArenaGradient.Of(model.Arena, value).copy_(golden[$"step{step}.gradient.{parameter}"]);
            }

            apply();
            foreach (var (parameter, value) in model.named_parameters()) golden.Matches($"step{step}.after.{parameter}", value);
            Assert.Equal(0, model.Arena.Gradients.abs().sum().ToDouble());
        }
    }
}
