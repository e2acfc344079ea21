using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class RmsProp : Optimizer
{
    public override Type Attribute => typeof(RmsPropAttribute);

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var rmsProp = (RmsPropAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients;
        Penalize(update);
        string alpha = update.Number(rmsProp, nameof(rmsProp.Alpha));
        string keep = update.Coefficient("keep", alpha);
        string add = update.Coefficient("add", $"1 - {alpha}");
        string epsilon = update.Coefficient("epsilon", update.Number(rmsProp, nameof(rmsProp.Epsilon)));
        string squares = update.Vector("meanSquare", "meanSquares", "v");
        update.Statements.Add(new UpdateStatement.Blend(squares, keep, add, new UpdateTerm.Square(gradients)));
        if (rmsProp.Centered)
        {
            string means = update.Vector("meanGradient", "meanGradients", "the mean that centres v");
            update.Statements.Add(new UpdateStatement.Blend(means, keep, add, new UpdateTerm.One(gradients)));
            update.Statements.Add(new UpdateStatement.Deviation("denominator", squares, means, epsilon));
        }
        else
        {
            update.Statements.Add(
                new UpdateStatement.Root("denominator", update.Coefficient("rootScale", "1"), squares, epsilon));
        }

        UpdateTerm direction = new UpdateTerm.Quotient(gradients, "denominator");
        if (declared.Has(nameof(rmsProp.Momentum)))
        {
            string momentum = update.Coefficient("momentum", update.Momentum(rmsProp, nameof(rmsProp.Momentum)));
            string velocity = update.Vector("velocity", "velocities", "momentum buffer b");
            update.Statements.Add(new UpdateStatement.Blend(velocity, momentum, null, direction));
            direction = new UpdateTerm.One(velocity);
        }

        update.Statements.Add(
            new UpdateStatement.Blend(UpdateProgram.Parameters, null, update.Coefficient("step", "-learningRate"), direction));
    }
}
