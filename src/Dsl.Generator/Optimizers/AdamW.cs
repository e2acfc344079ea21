using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class AdamW : Optimizer
{
    public override Type Attribute => typeof(AdamWAttribute);

    public override bool AlwaysDecays => true;

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var adamW = (AdamWAttribute)declared.Attribute;
        string shrink = update.Coefficient("shrink", $"-learningRate * {update.DecayCode}");
        update.Statements.Add(new UpdateStatement.Blend(
            UpdateProgram.Parameters, null, shrink, new UpdateTerm.One(UpdateProgram.Parameters)));
        AdaptiveMoments.Lower(adamW, update);
    }
}
