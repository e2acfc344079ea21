using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class Lars : Optimizer
{
    public override Type Attribute => typeof(LarsAttribute);

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var lars = (LarsAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients;
        string coefficient = update.Number(lars, nameof(lars.TrustCoefficient));
        string epsilon = update.Number(lars, nameof(lars.Epsilon));

        // The ratio's norm is that of the gradient without the penalty; what it scales is with it.
        update.Statements.Add(
            new UpdateStatement.Trust("trust", "Lars", $", {coefficient}, {update.DecayCode ?? "0"}, {epsilon}"));
        Penalize(update);
        update.Statements.Add(new UpdateStatement.Rescale(gradients, "trust"));
        string momentum = update.Coefficient("momentum", update.Momentum(lars, nameof(lars.Momentum)));
        string velocity = update.Vector("velocity", "velocities", "momentum buffer v");
        bool isScaled = lars.Form == LarsMomentum.ScaledByLearningRate;
        update.Statements.Add(new UpdateStatement.Blend(
            velocity, momentum, isScaled ? update.Coefficient("rate", "learningRate") : null, new UpdateTerm.One(gradients)));
        update.Statements.Add(new UpdateStatement.Blend(
            UpdateProgram.Parameters, null, update.Coefficient("step", isScaled ? "-1" : "-learningRate"),
            new UpdateTerm.One(velocity)));
    }
}
