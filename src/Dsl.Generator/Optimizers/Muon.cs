using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class Muon : Optimizer
{
    public override Type Attribute => typeof(MuonAttribute);

    public override bool TakesMatrices => true;

    public override string Except(OptimizerAttribute attribute) => ((MuonAttribute)attribute).Except;

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var muon = (MuonAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients;
        string mu = update.Momentum(muon, nameof(muon.Momentum));
        string keep = update.Coefficient("keep", mu), add = update.Coefficient("add", $"1 - {mu}");
        string momentum = update.Vector("momentum", "momenta", "momentum m of matrices");
        ShrinkByRate(update);
        update.Statements.Add(new UpdateStatement.Blend(momentum, keep, add, new UpdateTerm.One(gradients)));

        // The gradient has gone into the momentum: its place holds the direction.
        update.Statements.Add(muon.Nesterov
            ? new UpdateStatement.Blend(gradients, add, keep, new UpdateTerm.One(momentum))
            : new UpdateStatement.Blend(gradients, update.Coefficient("none", "0"), null, new UpdateTerm.One(momentum)));
        update.Statements.Add(new UpdateStatement.OfMatrix(
            "Orthogonal", $", {update.Number(muon, nameof(muon.NewtonSchulzSteps))}"));
        string step = $"-learningRate * Math.Sqrt(Math.Max(1.0, {UpdateProgram.Rows} / (double){UpdateProgram.Columns}))";
        update.Statements.Add(new UpdateStatement.Blend(
            UpdateProgram.Parameters, null, update.Coefficient("step", step), new UpdateTerm.One(gradients)));
    }

    public override void LowerOthers(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var muon = (MuonAttribute)declared.Attribute;
        update.RateFactor = $"{update.Number(muon, nameof(muon.AdamLearningRate))} / "
            + update.Number(muon, nameof(muon.LearningRate));
        ShrinkByRate(update);
        AdaptiveMoments.Lower(
            muon, (nameof(muon.AdamBeta1), nameof(muon.AdamBeta2), nameof(muon.AdamEpsilon)), isLargest: false, update);
    }
}
