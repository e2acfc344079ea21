using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class Probe : RecipePart<ProbeAttribute>
{
    public override bool ReadsFeatures => true;

    protected override void Lower(
        ProbeAttribute probe, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        var network = trainer.Network;
        var names = network.Results.Where(_ => network.Outputs.Count > 0).Concat(network.Features).Select(port => port.Name)
            .ToList();
        string known = string.Join(", ", names.Select(name => $"\"{name}\""));
        if (network.Inputs.Count > 1)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "a model with one input",
                $"'{trainer.Declaration.ModelName}' has {network.Inputs.Count}", "remove it").Offer(declared.Remove());
        }
        else if (probe.Of is { } of && network.FindResult(of) is null)
        {
            findings.Add(Catalogue.UnknownResult, declared.SiteOf(nameof(probe.Of)), trainer.Declaration.Model!.Model.Site,
                of, trainer.Declaration.ModelName, known.Length == 0 ? "" : $", but {known}{NearName.Question(of, names)}")
                .Offer(declared.Correct(nameof(probe.Of), of, names));
        }
        else if (probe.Of is null && network.Results.Count > 1)
        {
            findings.Add(Catalogue.SeveralOutputs, declared.Site, trainer.Declaration.Model!.Model.Site, declared.Name,
                trainer.Declaration.ModelName, known);
        }
        else
        {
            Hyperparameters.Add(trainer, probe, nameof(probe.Every), "ProbeEvery");
            Hyperparameters.Add(trainer, probe, nameof(probe.Neighbors), "ProbeNeighbors");
            trainer.Probed = probe.Of is null ? network.Results[0] : network.FindResult(probe.Of);
        }
    }
}
