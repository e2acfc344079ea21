using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class DiscriminativeRates : LayerGroupPart<DiscriminativeRatesAttribute>
{
    protected override void Lower(
        DiscriminativeRatesAttribute rates, Bound<RecipeAttribute> declared,
        IReadOnlyList<(string Path, IReadOnlyList<string> Parameters)> groups, TrainerProgram trainer, Findings findings)
    {
        string factor = Hyperparameters.Add(trainer, rates, nameof(rates.Factor), "RateFactor").Code;
        Scale(trainer, groups, above => $"Math.Pow({factor}, -{above})");
        trainer.Remarks.Add(("rates of layers", "fall from the output to the input: "
            + string.Join(", ", groups.Reverse().Select(group => $"\"{group.Path}\""))));
    }
}
