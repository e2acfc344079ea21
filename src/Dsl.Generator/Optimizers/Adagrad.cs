using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class Adagrad : Optimizer
{
    public override Type Attribute => typeof(AdagradAttribute);

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var adagrad = (AdagradAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients;
        Penalize(update);
        string rate = "-learningRate";
        if (declared.Has(nameof(adagrad.LearningRateDecay)))
            rate += $" / (1 + ({update.StepNumber} - 1) * {update.Number(adagrad, nameof(adagrad.LearningRateDecay))})";
        string epsilon = update.Coefficient("epsilon", update.Number(adagrad, nameof(adagrad.Epsilon)));
        string squares = update.Vector("sumOfSquares", "sumsOfSquares", "s", adagrad.InitialAccumulator);
        update.Statements.Add(new UpdateStatement.Blend(squares, null, null, new UpdateTerm.Square(gradients)));
        update.Statements.Add(new UpdateStatement.Root("denominator", update.Coefficient("rootScale", "1"), squares, epsilon));
        update.Statements.Add(new UpdateStatement.Blend(
            UpdateProgram.Parameters, null, update.Coefficient("step", rate), new UpdateTerm.Quotient(gradients, "denominator")));
    }
}
