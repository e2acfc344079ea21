using Dsl.Runtime;
using Dsl.Tests.Adversarial;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Three steps of generators against their judges, as in PyTorch, in both targets.</summary>
public class AdversarialGoldenTests
{
    private static readonly Dictionary<string, string> Draws = new()
    {
        ["DiscriminatorNoise"] = "discriminator_latent",
        ["CriticNoise"] = "critic_latent",
        ["GeneratorNoise"] = "generator_latent",
        ["CriticShare"] = "share",
    };

    public static TheoryData<string, Func<object, object, IDisposable>> Cases => new()
    {
        { "gan", (generator, judge) => new GanMlp((Painter)generator, (Judge)judge) },
        { "gan", (generator, judge) => new GanMlpAutograd((Painter)generator, (Judge)judge) },
        { "gan_batch_norm", (generator, judge) => new GanNormed((NormedPainter)generator, (Judge)judge) },
        { "gan_batch_norm", (generator, judge) => new GanNormedAutograd((NormedPainter)generator, (Judge)judge) },
        { "gan_least_squares", (generator, judge) => new LeastSquaresGan((Painter)generator, (Judge)judge) },
        { "gan_least_squares", (generator, judge) => new LeastSquaresGanAutograd((Painter)generator, (Judge)judge) },
        { "gan_hinge", (generator, judge) => new HingeGan((Painter)generator, (Judge)judge) },
        { "gan_hinge", (generator, judge) => new HingeGanAutograd((Painter)generator, (Judge)judge) },
        { "wgan_gp_tanh", (generator, judge) => new WganGpTanh((Painter)generator, (TanhCritic)judge) },
        { "wgan_gp_tanh", (generator, judge) => new WganGpTanhAutograd((Painter)generator, (TanhCritic)judge) },
        { "wgan_gp_softplus", (generator, judge) => new WganGpSoftplus((Painter)generator, (SoftplusCritic)judge) },
        { "wgan_gp_softplus", (generator, judge) => new WganGpSoftplusAutograd((Painter)generator, (SoftplusCritic)judge) },
        { "wgan_gp_batch_norm", (generator, judge) => new WganGpNormed((NormedPainter)generator, (TanhCritic)judge) },
        { "wgan_gp_batch_norm", (generator, judge) => new WganGpNormedAutograd((NormedPainter)generator, (TanhCritic)judge) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<object, object, IDisposable> create)
    {
        using var run = new Run(name, create);
        run.Phases.CheckSteps();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_each_descent(string name, Func<object, object, IDisposable> create)
    {
        using var run = new Run(name, create);
        run.Phases.CheckGradients();
    }

    private sealed class Run : IDisposable
    {
        private readonly IDisposable _trainer;

        public Run(string name, Func<object, object, IDisposable> create)
        {
            var golden = Golden.Load("adversarial/" + name);
            nn.Module generator = name.EndsWith("batch_norm", StringComparison.Ordinal) ? new NormedPainter() : new Painter();
            nn.Module judge = name.StartsWith("gan", StringComparison.Ordinal) ? new Judge()
                : name.EndsWith("softplus", StringComparison.Ordinal) ? new SoftplusCritic() : new TanhCritic();
            _trainer = create(generator, judge);
            var of = (ParameterArena)((dynamic)generator).Arena;
            (string, string, nn.Module, ParameterArena)[] networks = name.StartsWith("gan", StringComparison.Ordinal)
                ? [("discriminator", "Discriminator", judge, (ParameterArena)((dynamic)judge).Arena)]
                : [("critic", "Critic", judge, (ParameterArena)((dynamic)judge).Arena)];
            Phases = new PhaseRun(
                golden, _trainer, Draws, name.StartsWith("gan", StringComparison.Ordinal) ? "generator" : "critic",
                [.. networks, ("generator", "Generator", generator, of)]);
        }

        public PhaseRun Phases { get; }

        public void Dispose() => _trainer.Dispose();
    }
}
