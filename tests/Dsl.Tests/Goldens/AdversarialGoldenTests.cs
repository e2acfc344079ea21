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
        ["Label"] = "label",
    };

    public static TheoryData<string, Type> Cases => new()
    {
        { "gan", typeof(GanMlp) },
        { "gan", typeof(GanMlpAutograd) },
        { "gan_batch_norm", typeof(GanNormed) },
        { "gan_batch_norm", typeof(GanNormedAutograd) },
        { "gan_least_squares", typeof(LeastSquaresGan) },
        { "gan_least_squares", typeof(LeastSquaresGanAutograd) },
        { "gan_hinge", typeof(HingeGan) },
        { "gan_hinge", typeof(HingeGanAutograd) },
        { "gan_r1", typeof(R1Gan) },
        { "gan_r1", typeof(R1GanAutograd) },
        { "wgan_gp_tanh", typeof(WganGpTanh) },
        { "wgan_gp_tanh", typeof(WganGpTanhAutograd) },
        { "wgan_gp_softplus", typeof(WganGpSoftplus) },
        { "wgan_gp_softplus", typeof(WganGpSoftplusAutograd) },
        { "wgan_gp_batch_norm", typeof(WganGpNormed) },
        { "wgan_gp_batch_norm", typeof(WganGpNormedAutograd) },
        { "wgan", typeof(ClippedWgan) },
        { "wgan", typeof(ClippedWganAutograd) },
        { "conditional_gan", typeof(ConditionalGan) },
        { "conditional_gan", typeof(ConditionalGanAutograd) },
        { "conditional_least_squares", typeof(ConditionalLeastSquaresGan) },
        { "conditional_least_squares", typeof(ConditionalLeastSquaresGanAutograd) },
        { "conditional_hinge", typeof(ConditionalHingeGan) },
        { "conditional_hinge", typeof(ConditionalHingeGanAutograd) },
        { "conditional_wgan", typeof(ConditionalWgan) },
        { "conditional_wgan", typeof(ConditionalWganAutograd) },
        { "conditional_wgan_gp", typeof(ConditionalWganGp) },
        { "conditional_wgan_gp", typeof(ConditionalWganGpAutograd) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type trainer)
    {
        using var run = new Run(name, trainer);
        run.Phases.CheckSteps();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_each_descent(string name, Type trainer)
    {
        using var run = new Run(name, trainer);
        run.Phases.CheckGradients();
    }

    private sealed class Run : IDisposable
    {
        private readonly IDisposable _trainer;

        public Run(string name, Type type)
        {
            var parameters = type.GetConstructors().Single().GetParameters();
            nn.Module generator = Create(parameters[0].ParameterType), judge = Create(parameters[1].ParameterType);
            _trainer = (IDisposable)Activator.CreateInstance(
                type, [generator, judge, .. parameters.Skip(2).Select(parameter => parameter.DefaultValue)])!;
            string descent = type.GetProperty("Critic") is null ? "Discriminator" : "Critic",
            prefix = descent.ToLowerInvariant();
            Phases = new PhaseRun(
                Golden.Load("adversarial/" + name), _trainer, Draws, prefix == "critic" ? prefix : "generator",
                (prefix, descent, judge, (ParameterArena)((dynamic)judge).Arena),
                ("generator", "Generator", generator, (ParameterArena)((dynamic)generator).Arena));
        }

        public PhaseRun Phases { get; }

        public void Dispose() => _trainer.Dispose();

        private static nn.Module Create(Type network) => (nn.Module)Activator.CreateInstance(network, [null])!;
    }
}
