using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Twenty updates from given gradients against the papers' algorithms, and runs that are resumed.</summary>
public class NewerOptimizersGoldenTests
{
    // The fused pass works in float32; a model in float64 takes the way of tensor operations, as a trainer of the autograd
    // target does.
    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.Float64];

    [Theory, MemberData(nameof(Types))]
    public void Lion(ScalarType type)
    {
        Check<TwoLayers, LionPlain>("lion", type, new(), m => new(m), t => t.ApplyGradients(), (t, r) => t.LearningRate = r);
        Check<TwoLayers, LionAutograd>("lion", type, new(), m => new(m), t => t.ApplyGradients(), (t, r) => t.LearningRate = r);
        Check<TwoLayers, LionDecay>(
            "lion_weight_decay", type, new(), m => new(m), t => t.ApplyGradients(), (t, r) => t.LearningRate = r);
    }

    [Theory, MemberData(nameof(Types))]
    public void Muon(ScalarType type)
    {
        Check<Hidden, MuonPlain>("muon", type, new(), m => new(m), t => t.ApplyGradients(), Rates(3e-4));
        Check<Hidden, MuonAutograd>("muon", type, new(), m => new(m), t => t.ApplyGradients(),
            (t, r) => (t.LearningRate, t.AdamLearningRate) = (r, 3e-4 / 0.02 * r));
        Check<Hidden, MuonDecay>("muon_weight_decay", type, new(), m => new(m), t => t.ApplyGradients(),
            (t, r) => (t.LearningRate, t.AdamLearningRate) = (r, 1e-3 / 0.02 * r));

        Action<MuonPlain, double> Rates(double adam) =>
            (t, r) => (t.LearningRate, t.AdamLearningRate) = (r, adam / 0.02 * r);
    }

    [Fact]
    public void Lion_moves_nothing_without_a_gradient_and_hides_nothing_that_is_no_number()
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            using var model = new TwoLayers().to(type);
            using var trainer = new LionPlain(model);
            using var before = model.Linear0Weight.clone();
            using (no_grad()) ArenaGradient.Of(model.Arena, model.Linear2Bias).fill_(double.NaN);
            trainer.ApplyGradients();
            Assert.True(before.Equals(model.Linear0Weight));
            Assert.True(model.Linear2Bias.isnan().all().ToBoolean());
        }
    }

    [Fact]
    public void Muon_orthogonalises_what_it_is_given()
    {
        using var arena = new ParameterArena(512);
        using var generator = new Generator(3);
        using var given = randn([8, 60], generator: generator);
        using (no_grad()) arena.GradientView(16, 8, 60).copy_(given);
        MatrixDirection.Orthogonal(arena, 16, 8, 60, 5);
        using var made = arena.GradientView(16, 8, 60);
        var (_, values, _) = linalg.svd(made, fullMatrices: false);
        Assert.InRange(values.min().ToSingle(), 0.65f, 1.25f);
        Assert.InRange(values.max().ToSingle(), 0.65f, 1.25f);

        // The singular vectors are those of what was given: UᵀOV has nothing beside its diagonal.
        var (u, _, v) = linalg.svd(given, fullMatrices: false);
        using var inner = u.t().matmul(made).matmul(v.t());
        Assert.InRange((inner - diag(inner.diagonal())).abs().max().ToSingle(), 0, 1e-4f);
    }

    [Fact]
    public void Muon_resumes_bit_for_bit()
    {
        using var data = new InMemoryData(randn(24, 2, 4, 4), randint(0, 3, [24]));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var whole = new Hidden(new Generator(1));
        using (var trainer = new MuonPlain(whole)) trainer.Fit(data);
        using var first = new Hidden(new Generator(1));
        using (var trainer = new MuonPlain(first))
        {
            trainer.Fit(data, new SaveAfter(trainer, 7, path));
        }

        using var second = new Hidden(new Generator(2));
        using (var trainer = new MuonPlain(second))
        {
            trainer.Resume(path);
            Assert.Equal(7, trainer.StepCount);
            trainer.Fit(data);
        }

        File.Delete(path);
        Assert.True(whole.Arena.Values.Equals(second.Arena.Values));
    }

    private static void Check<TModel, TTrainer>(
        string name, ScalarType type, TModel made, Func<TModel, TTrainer> create, Action<TTrainer> apply,
        Action<TTrainer, double> setRate)
        where TModel : nn.Module
        where TTrainer : Trainer
    {
        var golden = Golden.Load("newer_optimizers/" + name);
        using var model = made.to(type);
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = create(model);
        var arena = (ParameterArena)typeof(TModel).GetProperty("Arena")!.GetValue(model)!;
        for (int step = 0; step < 20; step++)
        {
            setRate(trainer, golden.Number("lr") * (1 - (0.04 * step)));
            using (no_grad())
            {
                foreach (var (parameter, value) in model.named_parameters())
                    ArenaGradient.Of(arena, value).copy_(golden[$"step{step}.gradient.{parameter}"]);
            }

            apply(trainer);
            foreach (var (parameter, value) in model.named_parameters())
            {
                if (golden.Names.Contains($"step{step}.after.{parameter}"))
                    golden.Matches($"step{step}.after.{parameter}", value);
            }

            Assert.Equal(0, arena.Gradients.abs().sum().ToDouble());
        }
    }
}

/// <summary>Saves a trainer once, behind one of its steps.</summary>
internal sealed class SaveAfter(Trainer trainer, long step, string path) : ITrainingProgress
{
    /// <inheritdoc/>
    public void Started(TrainingRun run)
    {
    }

    /// <inheritdoc/>
    public void Stepped(long done, Tensor loss)
    {
        if (done == step) trainer.Save(path);
    }

    /// <inheritdoc/>
    public void Finished(TrainingReport report)
    {
    }
}
