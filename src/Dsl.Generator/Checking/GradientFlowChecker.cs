using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Checking;

/// <summary>Proves on the graph that every objective trains something, and that something trains every parameter.</summary>
internal static class GradientFlowChecker
{
    /// <summary>An objective whose gradient reaches no trained parameter is computed for nothing.</summary>
    public static void CheckTerm(TrainerProgram trainer, Bound<ObjectiveAttribute> objective, Value loss, Findings findings)
    {
        var network = trainer.Network;
        var reached = GradientFlow.Parameters(network, loss);
        if (network.IsOpaque || reached.Any(parameter => !parameter.IsFrozen)) return;
        string reason = reached.Count > 0 ? "every layer with parameters before it is frozen"
            : GradientFlow.Parameters(network, loss, throughStops: true).Count > 0 ? "a [StopGradient] stands between it and the parameters"
            : "no layer before it has parameters";
        findings.Add(Catalogue.TrainsNothing, objective.Site, trainer.Declaration.Model!.Model.Site, objective.Name, trainer.Declaration.ModelName, reason);
    }

    /// <summary>A parameter that no gradient reaches keeps its initial value, or decays to 0.</summary>
    public static void CheckParameters(TrainerProgram trainer, Findings findings)
    {
        var network = trainer.Network;
        if (network.IsOpaque) return;
        var reached = new HashSet<NetworkParameter>(trainer.Terms.SelectMany(term => GradientFlow.Parameters(network, term.Loss)));
        var untrained = network.Parameters.Where(parameter => !parameter.IsFrozen && !reached.Contains(parameter)).ToList();
        if (untrained.Count == 0) return;
        string names = string.Join(", ", untrained.Take(4).Select(parameter => $"\"{parameter.Name}\"")) + (untrained.Count > 4 ? ", ..." : "");
        string numbers = Quantity.Show(untrained.Sum(parameter => parameter.Count));
        findings.Add(Catalogue.UntrainedParameters, trainer.Declaration.Trainer.Site, trainer.Declaration.Model!.Model.Site,
            names, trainer.Declaration.ModelName, numbers);
    }
}
