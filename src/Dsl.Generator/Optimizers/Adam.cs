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
        Penalize(update);
        AdaptiveMoments.Lower(adam, update, trainer);
    }
}
