using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class AdamW : Optimizer
{
    public override Type Attribute => typeof(AdamWAttribute);

    public override bool AlwaysDecays => true;

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var adamW = (AdamWAttribute)declared.Attribute;
        ShrinkByRate(update);
        AdaptiveMoments.Lower(adamW, update);
    }
}
