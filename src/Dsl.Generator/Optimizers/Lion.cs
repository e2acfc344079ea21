using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class Lion : Optimizer
{
    public override Type Attribute => typeof(LionAttribute);

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var lion = (LionAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients;
        string beta1 = update.Momentum(lion, nameof(lion.Beta1));
        string beta2 = update.Number(lion, nameof(lion.Beta2));
        string momentum = update.Vector("momentum", "momenta", "momentum m");
        ShrinkByRate(update);
        update.Statements.Add(new UpdateStatement.Mix("direction", update.Coefficient("momentumShare", beta1), momentum,
            update.Coefficient("gradientShare", $"1 - {beta1}"), gradients));
        update.Statements.Add(new UpdateStatement.Blend(
            UpdateProgram.Parameters, null, update.Coefficient("step", "-learningRate"), new UpdateTerm.Sign("direction")));
        update.Statements.Add(new UpdateStatement.Blend(momentum, update.Coefficient("keep", beta2),
            update.Coefficient("add", $"1 - {beta2}"), new UpdateTerm.One(gradients)));
    }
}
