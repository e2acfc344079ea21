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

    /// <summary>A decay that grows from its first value to 1 along half a cosine wave.</summary>
    /// <inheritdoc cref="WarmedUp"/>
    /// <param name="first">The decay at the start of the run.</param>
    public static Scalar Growing(TrainerProgram trainer, string function, string whose, Scalar first)
    {
        trainer.StepFunctions.Add(new StepFunction(function, $"Decay of the {whose} average after an update, which grows to 1.",
            [$"return 1 - ((1 - {first.Code}) * (Math.Cos(Math.PI * step / TotalSteps) + 1) / 2);"]));
        return new Scalar.AtStep(function);
    }
}
