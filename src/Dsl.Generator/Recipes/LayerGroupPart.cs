using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

/// <summary>A rule for groups of the trained network's layers.</summary>
internal abstract class LayerGroupPart<TAttribute> : RecipePart<TAttribute>
    where TAttribute : LayerGroupsAttribute
{
    public override bool SetsRates => true;

    protected override void Lower(
        TAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        var groups = ParameterPath.Groups(trainer.Network, attribute.Depth);
        if (groups.Count > 1)
        {
            Lower(attribute, declared, groups, trainer, findings);
            return;
        }

        string known = groups.Count == 0 ? "none" : $"one, \"{groups[0].Path}\"";
        findings.Add(Catalogue.OneLayerGroup, declared.Site, declared.Name, trainer.Declaration.ModelName, known)
            .Offer(ParameterPath.Groups(trainer.Network, attribute.Depth + 1).Count > 1
                ? declared.Set(nameof(attribute.Depth), attribute.Depth + 1) : declared.Remove());
    }

    /// <param name="groups">Two or more, from the input to the output.</param>
    protected abstract void Lower(
        TAttribute attribute, Bound<RecipeAttribute> declared,
        IReadOnlyList<(string Path, IReadOnlyList<string> Parameters)> groups, TrainerProgram trainer, Findings findings);

    /// <summary>Sets a factor of the rate for each group but the last, whose own is 1.</summary>
    /// <param name="factor">The factor, a C# expression, by the number of groups above.</param>
    protected static void Scale(
        TrainerProgram trainer, IReadOnlyList<(string Path, IReadOnlyList<string> Parameters)> groups,
        System.Func<int, string> factor) =>
        trainer.LayerRates.AddRange(groups.Take(groups.Count - 1)
            .Select((group, i) => new LayerRate(group.Parameters, factor(groups.Count - 1 - i))));
}
