using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class ParameterGroup : RecipePart<ParameterGroupAttribute>
{
    protected override void Lower(
        ParameterGroupAttribute group, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        var site = declared.SiteOf("path");
        if (!trainer.Network.Parameters.Any(parameter => !parameter.IsFrozen && ParameterPath.Names(group.Path, parameter.Name)))
        {
            findings.Add(Catalogue.UnknownParameters, site, group.Path, trainer.Declaration.ModelName,
                ParameterPath.Known(group.Path, trainer.Network))
                .Offer(declared.Correct("path", group.Path, ParameterPath.All(trainer.Network)));
            return;
        }

        if (trainer.Groups.Any(other => other.Path == group.Path))
        {
            findings.Add(Catalogue.DuplicateGroup, site, group.Path);
            return;
        }

        if (!declared.Has(nameof(group.WeightDecay)) && !declared.Has(nameof(group.LearningRateScale)))
        {
            findings.Add(Catalogue.EmptyGroup, declared.Site, group.Path).Offer(declared.Remove());
            return;
        }

        string name = "Group" + ParameterPath.Member(group.Path);
        trainer.Groups.Add(new ParameterSettings(
            group.Path,
            declared.Has(nameof(group.WeightDecay))
                ? Hyperparameters.Add(trainer, group, nameof(group.WeightDecay), name + "WeightDecay").Code : null,
            declared.Has(nameof(group.LearningRateScale))
                ? Hyperparameters.Add(trainer, group, nameof(group.LearningRateScale), name + "LearningRateScale").Code : null));
    }
}
