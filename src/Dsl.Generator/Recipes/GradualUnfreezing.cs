using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class GradualUnfreezing : LayerGroupPart<GradualUnfreezingAttribute>
{
    protected override void Check(GradualUnfreezingAttribute attribute, Bound<RecipeAttribute> declared, RunCheck run) =>
        run.RequireEpochs(declared, Catalogue.UnfreezesWithoutEpochs);

    protected override void Lower(
        GradualUnfreezingAttribute unfreezing, Bound<RecipeAttribute> declared,
        IReadOnlyList<(string Path, IReadOnlyList<string> Parameters)> groups, TrainerProgram trainer, Findings findings)
    {
        string every = Hyperparameters.Add(trainer, unfreezing, nameof(unfreezing.Every), "UnfreezingEpochs").Code;
        var epochs = trainer.Hyperparameters.FirstOrDefault(known => known.Name == "Epochs");
        long last = (groups.Count - 1L) * unfreezing.Every;
        if (epochs is not null && long.Parse(epochs.Value, CultureInfo.InvariantCulture) <= last)
        {
            findings.Add(Catalogue.NeverUnfreezes, declared.Site, declared.Name, groups[0].Path, Number(last), epochs.Value)
                .Offer(declared.Remove());
            return;
        }

        Scale(trainer, groups, above =>
            $"(StepCount / StepsPerEpoch < {(above == 1 ? "" : above + "L * ")}{every} ? 0 : 1)");
        trainer.Remarks.Add(("unfreezing", "one group of layers after another begins to learn: "
            + string.Join(", ", groups.Reverse().Select(group => $"\"{group.Path}\""))));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
