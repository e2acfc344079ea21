using System;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Optimizers;

internal sealed class Adam : Optimizer
{
    public override Type Attribute => typeof(AdamAttribute);

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update, TrainerProgram trainer)
    {
        var adam = (AdamAttribute)declared.Attribute;
        if (declared.Has(nameof(adam.WeightDecay)))
        {
            string decay = update.Coefficient("weightDecay", Hyperparameter(trainer, adam, nameof(adam.WeightDecay)));
            update.Statements.Add(new UpdateStatement.Blend(
                UpdateProgram.Gradients, null, decay, new UpdateTerm.One(UpdateProgram.Parameters)));
        }

        AdaptiveMoments.Lower(adam, update, trainer);
    }
}
