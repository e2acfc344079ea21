using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class Lamb : Optimizer
{
    public override Type Attribute => typeof(LambAttribute);

    public override bool AlwaysDecays => true;

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var lamb = (LambAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients;
        string beta1 = update.Momentum(lamb, nameof(lamb.Beta1));
        string beta2 = update.Number(lamb, nameof(lamb.Beta2));
        string epsilon = update.Coefficient("epsilon", update.Number(lamb, nameof(lamb.Epsilon)));
        string first = update.Vector("firstMoment", "firstMoments", "m");
        string second = update.Vector("secondMoment", "secondMoments", "v");
        update.Statements.Add(new UpdateStatement.Blend(first, update.Coefficient("keepFirst", beta1),
            update.Coefficient("addFirst", $"1 - {beta1}"), new UpdateTerm.One(gradients)));
        update.Statements.Add(new UpdateStatement.Blend(second, update.Coefficient("keepSecond", beta2),
            update.Coefficient("addSecond", $"1 - {beta2}"), new UpdateTerm.Square(gradients)));

        // The gradient has gone into the moments: its place holds the direction u, whose norm the step is divided by.
        update.Statements.Add(new UpdateStatement.Root("denominator",
            update.Coefficient("rootScale", lamb.BiasCorrection ? $"1 / Math.Sqrt(1 - Math.Pow({beta2}, {update.StepNumber}))"
                : "1"), second, epsilon));
        update.Statements.Add(new UpdateStatement.Divide(
            gradients, update.Coefficient("firstScale", lamb.BiasCorrection ? $"1 / (1 - Math.Pow({beta1}, {update.StepNumber}))"
                : "1"), first, "denominator"));
        Penalize(update);
        update.Statements.Add(new UpdateStatement.Trust("trust", "Lamb", ""));
        update.Statements.Add(new UpdateStatement.Rescale(gradients, "trust"));
        update.Statements.Add(new UpdateStatement.Blend(
            UpdateProgram.Parameters, null, update.Coefficient("step", "-learningRate"), new UpdateTerm.One(gradients)));
    }
}
