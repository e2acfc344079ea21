using Dsl.Runtime;
using Dsl.Tests.Cycles;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Three steps of networks that map between two domains, as in PyTorch, in both targets.</summary>
public class CycleGoldenTests
{
    private static readonly Dictionary<string, string> Draws = new()
    {
        ["Target"] = "target",
        ["TargetExchanged"] = "target_exchanged",
        ["TargetPlace"] = "target_place",
        ["SourceExchanged"] = "source_exchanged",
        ["SourcePlace"] = "source_place",
    };

    public static TheoryData<string, Type> Cases => new()
    {
        { "cycle", typeof(Cycle) },
        { "cycle", typeof(CycleAutograd) },
        { "cycle_tanh", typeof(CycleTanh) },
        { "cycle_tanh", typeof(CycleTanhAutograd) },
        { "cycle_batch_norm", typeof(CycleNormed) },
        { "cycle_batch_norm", typeof(CycleNormedAutograd) },
        { "cycle_plain", typeof(CyclePlain) },
        { "cycle_plain", typeof(CyclePlainAutograd) },
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
            nn.Module[] networks = [.. parameters.Take(4).Select(parameter =>
                (nn.Module)Activator.CreateInstance(parameter.ParameterType, [null])!)];
            _trainer = (IDisposable)Activator.CreateInstance(
                type, [.. networks, .. parameters.Skip(4).Select(parameter => parameter.DefaultValue)])!;
            Phases = new PhaseRun(Golden.Load("cycle/" + name), _trainer, Draws, "generators",
                ("discriminator", "Discriminator", networks[1], Arena(1)),
                ("source_discriminator", "SourceDiscriminator", networks[2], Arena(2)),
                ("generators.model", "Generators", networks[0], Arena(0)),
                ("generators.back", "Generators", networks[3], Arena(3)));

            ParameterArena Arena(int network) => (ParameterArena)((dynamic)networks[network]).Arena;
        }

        public PhaseRun Phases { get; }

        public void Dispose() => _trainer.Dispose();
    }
}
