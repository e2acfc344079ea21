using System;

namespace Dsl.Generator.Recipes;

// How long the run is must be known before anything else: TrainerChecker reads both.
internal sealed class EpochsLength : RecipePart
{
    public override Type Attribute => typeof(EpochsAttribute);
}

internal sealed class StepsLength : RecipePart
{
    public override Type Attribute => typeof(StepsAttribute);
}
