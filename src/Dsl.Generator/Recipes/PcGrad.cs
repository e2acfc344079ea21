using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class PcGrad : TaskGradientPart<PcGradAttribute>
{
    protected override void Lower(
        PcGradAttribute attribute, Bound<RecipeAttribute> declared, IReadOnlyList<Term> tasks,
        IReadOnlyList<NetworkParameter> shared, TrainerProgram trainer, Findings findings)
    {
        trainer.States.Add(Gradients("GradientSurgery", tasks, Parts(shared, trainer.Network.Layout), trainer));
        trainer.Main.Combination = new GradientCombination(declared.Name, State, "Seed, StepCount");
        trainer.Remarks.Add(("gradients", "of each objective without what points against another one's"));
    }
}
