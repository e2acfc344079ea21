using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class Sgd : Optimizer
{
    public override Type Attribute => typeof(SgdAttribute);

    public override void Check(Bound<OptimizerAttribute> declared, Findings findings)
    {
        var sgd = (SgdAttribute)declared.Attribute;
        if (sgd.Nesterov && sgd.Momentum == 0)
            {
            findings.Add(Catalogue.NesterovNeedsMomentum, declared.SiteOf(nameof(sgd.Nesterov)))
                .Offer(declared.Set(nameof(sgd.Momentum), 0.9), declared.Remove(nameof(sgd.Nesterov)));
        }
    }

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var sgd = (SgdAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients;
        Penalize(update);
        string direction = gradients;
        if (declared.Has(nameof(sgd.Momentum)))
        {
            string momentum = update.Coefficient("momentum", update.Momentum(sgd, nameof(sgd.Momentum)));
            direction = update.Vector("velocity", "velocities", "momentum buffer b");
            update.Statements.Add(new UpdateStatement.Blend(direction, momentum, null, new UpdateTerm.One(gradients)));
            if (sgd.Nesterov)
            {
                update.Statements.Add(new UpdateStatement.Blend(gradients, null, momentum, new UpdateTerm.One(direction)));
                direction = gradients;
            }
        }

        string step = update.Coefficient("step", "-learningRate");
        update.Statements.Add(new UpdateStatement.Blend(UpdateProgram.Parameters, null, step, new UpdateTerm.One(direction)));
    }
}
