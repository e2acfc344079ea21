using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>How fast a moving average forgets.</summary>
internal static class Averaging
{
    /// <summary>A decay that is no more than 1 − 1/(k + 1) after update k, so that the first terms weigh alike.</summary>
    /// <param name="function">The method of the trainer that gives it.</param>
    /// <param name="whose">Whose average it is, in the genitive.</param>
    public static Scalar WarmedUp(TrainerProgram trainer, string function, string whose, Scalar decay)
    {
        trainer.StepFunctions.Add(new StepFunction(function, $"Decay of the {whose} average after an update.",
            ["// After update k = step + 1 the first terms weigh alike: 1 − 1/(k + 1).",
                $"return Math.Min(1 - 1.0 / (step + 2), {decay.Code});"]));
        return new Scalar.AtStep(function);
    }
}
