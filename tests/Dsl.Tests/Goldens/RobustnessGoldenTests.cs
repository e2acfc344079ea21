using Dsl.Runtime;
using Dsl.Tests.Robustness;
using Dsl.Tests.SemiSupervised;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Three steps of training on attacked inputs against PyTorch, with a network that has batch normalisation and one that
/// has none, in both targets.</summary>
public class RobustnessGoldenTests
{
    /// <summary>The draws of a golden, by the member of <c>Draws</c>.</summary>
    private static readonly Dictionary<string, string> Draws = new()
    {
        ["AttackStart"] = "start",
        ["AttackDirection"] = "direction",
        ["AttackVolume"] = "volume",
    };

    public static TheoryData<string, Func<object, IDisposable>> Cases => new()
    {
        { "pgd_mlp", model => new PgdMlp((Mlp)model) },
        { "pgd_mlp", model => new PgdMlpAutograd((Mlp)model) },
        { "pgd_cnn", model => new PgdCnn((Cnn)model) },
        { "pgd_cnn", model => new PgdCnnAutograd((Cnn)model) },
        { "grown_mlp", model => new GrownPgdMlp((Mlp)model) },
        { "grown_mlp", model => new GrownPgdMlpAutograd((Mlp)model) },
        { "grown_cnn", model => new GrownPgdCnn((Cnn)model) },
        { "grown_cnn", model => new GrownPgdCnnAutograd((Cnn)model) },
        { "pgd_l2_mlp", model => new PgdL2Mlp((Mlp)model) },
        { "pgd_l2_mlp", model => new PgdL2MlpAutograd((Mlp)model) },
        { "pgd_l2_cnn", model => new PgdL2Cnn((Cnn)model) },
        { "pgd_l2_cnn", model => new PgdL2CnnAutograd((Cnn)model) },
        { "fgsm_mlp", model => new FgsmMlp((Mlp)model) },
        { "fgsm_mlp", model => new FgsmMlpAutograd((Mlp)model) },
        { "fgsm_cnn", model => new FgsmCnn((Cnn)model) },
        { "fgsm_cnn", model => new FgsmCnnAutograd((Cnn)model) },
        { "shared_mlp", model => new SharedMlp((Mlp)model) },
        { "shared_mlp", model => new SharedMlpAutograd((Mlp)model) },
        { "shared_cnn", model => new SharedCnn((Cnn)model) },
        { "shared_cnn", model => new SharedCnnAutograd((Cnn)model) },
        { "trades_mlp", model => new TradesMlp((Mlp)model) },
        { "trades_mlp", model => new TradesMlpAutograd((Mlp)model) },
        { "trades_cnn", model => new TradesCnn((Cnn)model) },
        { "trades_cnn", model => new TradesCnnAutograd((Cnn)model) },
        { "trades_l2_mlp", model => new TradesL2Mlp((Mlp)model) },
        { "trades_l2_mlp", model => new TradesL2MlpAutograd((Mlp)model) },
        { "trades_l2_cnn", model => new TradesL2Cnn((Cnn)model) },
        { "trades_l2_cnn", model => new TradesL2CnnAutograd((Cnn)model) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<object, IDisposable> create)
    {
        var golden = Golden.Load("robustness/" + name);
        nn.Module<Tensor, Tensor> model = name.EndsWith("_mlp", StringComparison.Ordinal) ? new Mlp() : new Cnn();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = create(model);
        new TrainerRun(golden, trainer, Draws).Check(
            (ParameterArena)((dynamic)model).Arena, model.state_dict(), _ => null);
    }

    [Fact]
    public void Inputs_outside_of_the_range_are_refused_before_anything_changes()
    {
        using var model = new Cnn();
        using var trainer = new TradesCnn(model);
        var before = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        using var batch = new TradesCnn.Batch(full([4, 1, 8, 8], 1.5f), zeros([4], ScalarType.Int64));
        var error = Assert.Throws<DataMismatchException>(() => trainer.Step(batch));
        Assert.Contains("outside of the range [0, 1] of the attack", error.Message);
        Assert.All(model.state_dict(), entry => Assert.True(entry.Value.allclose(before[entry.Key], 0, 0), entry.Key));
        Assert.Equal(0, trainer.StepCount);
    }
}
