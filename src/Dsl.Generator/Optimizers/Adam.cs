using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class Adam : Optimizer
{
    public override Type Attribute => typeof(AdamAttribute);

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var adam = (AdamAttribute)declared.Attribute;
        Penalize(update);
        AdaptiveMoments.Lower(adam, update);
    }
}
