using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Notation;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Trainers;

/// <summary>Proves on the graph that every term trains something, and that something trains every parameter.</summary>
internal static class GradientFlowChecker
{
    /// <summary>A term whose gradient reaches no trained parameter is computed for nothing.</summary>
    /// <param name="phase">The descent that the term belongs to.</param>
    /// <param name="origin">The objective, mixture or scheme that the term is of.</param>
    /// <param name="site">Where that is declared.</param>
    public static void CheckTerm(TrainerProgram trainer, Phase phase, string origin, Site site, Value loss, Findings findings)
    {
        if (GradientFlow.Penalized(trainer, loss).Concat(GradientFlow.ReadWhole(trainer, loss)).Any(player =>
            phase.Learners.Contains(player) && player.Network!.Parameters.Any(parameter => !parameter.IsFrozen))) return;
        var networks = GradientFlow.Networks(trainer, loss).Where(phase.Learners.Contains).ToList();

        // What is said of networks that are held constant may be there for a number beside them.
        if (networks.Count == 0 && GradientFlow.ReachesLearnedNumbers(trainer, loss)) return;
        if (networks.Any(player => player.Network!.IsOpaque)) return;
        var reached = networks.SelectMany(player => GradientFlow.Parameters(trainer, player, loss)).ToList();
        if (reached.Any(parameter => !parameter.IsFrozen)) return;
        string reason = networks.Count == 0 ? "it holds everything that it reads of the network constant"
            : reached.Count > 0 ? "every layer with parameters before it is frozen"
            : networks.Any(player => GradientFlow.Parameters(trainer, player, loss, throughStops: true).Count > 0)
                ? "a [StopGradient] stands between it and the parameters"
            : "no layer before it has parameters";
        var learner = phase.Learners[0].Declaration!;
        findings.Add(Catalogue.TrainsNothing, site, learner.Model.Site, origin, learner.Type.Name, reason);
    }

    /// <summary>A parameter that no gradient reaches keeps its initial value, or decays to 0.</summary>
    public static void CheckParameters(TrainerProgram trainer, Findings findings)
    {
        foreach (var player in trainer.Phases.SelectMany(phase => phase.Learners).Distinct())
            CheckParameters(trainer, player, findings);
    }

    private static void CheckParameters(TrainerProgram trainer, Player player, Findings findings)
    {
        var network = player.Network!;
        if (network.IsOpaque || trainer.Phases.Where(phase => phase.Learners.Contains(player)).SelectMany(phase => phase.Terms)
            .Any(term => GradientFlow.ReadWhole(trainer, term.Loss).Contains(player))) return;
        var reached = new HashSet<NetworkParameter>(trainer.Phases.Where(phase => phase.Learners.Contains(player))
            .SelectMany(phase => phase.Terms).SelectMany(term => GradientFlow.Parameters(trainer, player, term.Loss)));
        var untrained = network.Parameters.Where(parameter => !parameter.IsFrozen && !reached.Contains(parameter)).ToList();
        if (untrained.Count == 0) return;
        string names = string.Join(", ", untrained.Take(4).Select(parameter => $"\"{parameter.Name}\""))
            + (untrained.Count > 4 ? ", ..." : "");
        string numbers = Quantity.Show(untrained.Sum(parameter => parameter.Count));
        findings.Add(Catalogue.UntrainedParameters, trainer.Declaration.Trainer.Site, player.Declaration!.Model.Site,
            names, player.Declaration.Type.Name, numbers);
    }
}
