using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class LeastSquares : Optimizer
{
    public override Type Attribute => typeof(LeastSquaresAttribute);

    // The solver has found the weights: steps leave them.
    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var solver = (LeastSquaresAttribute)declared.Attribute;
        update.Number(solver, nameof(solver.Ridge));
        update.Number(solver, nameof(solver.Lasso));
    }

    public override void CheckTrainer(
        Bound<OptimizerAttribute> declared, Phase phase, TrainerProgram trainer, Findings findings)
    {
        var network = trainer.Network;
        var layer = network.IsOpaque ? null : network.Results[0].Value.Producer;
        string? reason = trainer.HasSeveralPhases || phase != trainer.Main || phase.Arenas.Count > 1
                ? "a step trains more than the model"
            : network.IsOpaque || !network.IsPlain || layer is not { Operation: Linear } || !IsInput(layer.Inputs[0])
                || layer.Inputs[0].Shape.Rank != 2 || network.Parameters.Any(parameter => parameter.IsFrozen)
                || network.Layers.Any(own => own.Block is not null)
                ? $"'{trainer.Declaration.ModelName}' is more than one [Linear] on its input [N, D]"
            : phase.Terms.Count != 1 || phase.Terms[0] is not { Name: "MeanSquaredError", Weight: null, IsMixed: false }
                ? "there is another objective than one [MeanSquaredError] without a weight"
            : trainer.Policy is not null ? "the inputs are augmented"
            : trainer.Evaluated != trainer.Model ? "an average would be evaluated, of weights before they were found"
            : null;
        if (reason is not null)
        {
            findings.Add(Catalogue.SolverRefused, declared.Site, trainer.Declaration.Model!.Model.Site, declared.Name, reason);
            return;
        }

        string weight = Member(layer!.Inputs[1]), bias = layer.Inputs.Count > 2 ? Member(layer.Inputs[2]) : "null";
        trainer.EpochStarts.Add(new EpochStart("1",
            $"LinearSolver.Solve(data, {weight}, {bias}, {phase.Prefix}Ridge, {phase.Prefix}Lasso, FrozenParameters);", null));

        string Member(Value parameter) => $"{trainer.Model.Field}.{((Parameter)parameter.Producer.Operation).Member}";

        bool IsInput(Value value) => value == network.Input
            || (value.Producer.Operation is Flatten && IsInput(value.Producer.Inputs[0]));
    }
}
