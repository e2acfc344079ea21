using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

/// <summary>The step that Adam and AdamW share: moments, bias correction, division by the root.</summary>
internal static class AdaptiveMoments
{
    public static void Lower(AdaptiveMomentsAttribute adam, UpdateProgram update) =>
        Lower(adam, (nameof(adam.Beta1), nameof(adam.Beta2), nameof(adam.Epsilon)), adam.AmsGrad, update);

    /// <param name="names">The attribute's properties with the decays of the moments, and with what the root is added to.</param>
    /// <param name="isLargest">Whether to divide by the largest second moment so far.</param>
    public static void Lower(
        OptimizerAttribute adam, (string Beta1, string Beta2, string Epsilon) names, bool isLargest, UpdateProgram update)
    {
        string beta1 = update.Momentum(adam, names.Beta1);
        string beta2 = update.Number(adam, names.Beta2);
        string epsilon = update.Number(adam, names.Epsilon);
        string first = update.Vector("firstMoment", "firstMoments", "m");
        string second = update.Vector("secondMoment", "secondMoments", "v");
        const string gradients = UpdateProgram.Gradients;

        update.Statements.Add(new UpdateStatement.Blend(first, update.Coefficient("keepFirst", beta1),
            update.Coefficient("addFirst", $"1 - {beta1}"), new UpdateTerm.One(gradients)));
        update.Statements.Add(new UpdateStatement.Blend(second, update.Coefficient("keepSecond", beta2),
            update.Coefficient("addSecond", $"1 - {beta2}"), new UpdateTerm.Square(gradients)));

        string root = second;
        if (isLargest)
        {
            root = update.Vector("largestSecondMoment", "largestSecondMoments", "the largest v so far");
            update.Statements.Add(new UpdateStatement.Maximum(root, second));
        }

        // m̂/(√v̂ + ε) with the bias corrections drawn into the numbers that are the same for all elements.
        update.Statements.Add(new UpdateStatement.Root("denominator",
            update.Coefficient("rootScale", $"1 / Math.Sqrt(1 - Math.Pow({beta2}, {update.StepNumber}))"), root,
            update.Coefficient("epsilon", epsilon)));
        update.Statements.Add(new UpdateStatement.Blend(UpdateProgram.Parameters, null,
            update.Coefficient("step", $"-learningRate / (1 - Math.Pow({beta1}, {update.StepNumber}))"),
            new UpdateTerm.Quotient(first, "denominator")));
    }
}
