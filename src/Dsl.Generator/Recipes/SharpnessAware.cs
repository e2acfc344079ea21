using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class SharpnessAware : RecipePart<SharpnessAwareAttribute>
{
    protected override void Lower(
        SharpnessAwareAttribute sharpness, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (trainer.Main.Place is { } other)
        {
            findings.Add(Catalogue.TwoPlaces, declared.Site, other.Site, declared.Name, other.Name);
            return;
        }

        string rho = Hyperparameters.Add(trainer, sharpness, nameof(sharpness.Rho), "SharpnessRho").Code;
        trainer.Main.Place = new GradientPlace(
            declared.Name, declared.Site, "The gradient is taken at θ + ρ·g/‖g‖, g the gradient where the parameters are.",
            ["HoldFrozen();", $"place.Climb({rho});", "ReleaseFrozen();"], IsSecond: true);
    }
}
