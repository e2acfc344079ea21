using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class StochasticWeightAverage : RecipePart<StochasticWeightAverageAttribute>
{
    private const string Keep = "AverageDecayAt", EpochEnds = "(StepCount + 1) % StepsPerEpoch == 0";

    protected override void Check(StochasticWeightAverageAttribute average, Bound<RecipeAttribute> declared, RunCheck run)
    {
        run.RequireEpochs(declared, Catalogue.AverageWithoutEpochs);
        int last = average.FromEpoch + average.CycleEpochs - 1;
        run.Duration(declared, Catalogue.LimitTooLong, ("fromEpoch", last, RunUnit.Epochs));
        if (average.LowRate > 0 && average.LowRate >= average.Rate)
        {
            run.Findings.Add(Catalogue.AverageRates, declared.SiteOf(nameof(average.LowRate)), Scalar.Literal(average.LowRate),
                average.Rate == 0 ? "there is no Rate" : $"Rate is {Scalar.Literal(average.Rate)}");
        }
    }

    protected override void Lower(
        StochasticWeightAverageAttribute average, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        if (trainer.Evaluated.Origin is Origin.Average)
        {
            findings.Add(Catalogue.TwoAverages, declared.Site, trainer.Declaration.Type.Name).Offer(declared.Remove());
            return;
        }

        string from = Number(nameof(average.FromEpoch), "AverageFromEpoch"),
            cycle = Number(nameof(average.CycleEpochs), "AverageCycleEpochs");
        trainer.StepFunctions.Add(new StepFunction(
            Keep, "Decay of the weights' average after the last step of an epoch: 0 before the first cycle has ended.",
            [
                $"long epochs = step / StepsPerEpoch + 1 - ({from} - 1), models = epochs / {cycle};",
                "if (epochs <= 0 || models == 0) return 0;",
                $"return epochs % {cycle} == 0 ? (models - 1) / (double)models : 1;",
            ]));
        var player = Players.AddAverage(
            trainer, trainer.Model, "average", "The mean of the trained network's weights, in evaluation mode",
            "the average of the network's weights", trains: false);
        trainer.Evaluated = player;
        trainer.AfterUpdate.AddEffect(
            new AverageParameters(player.Field, trainer.Model.Field, new Scalar.AtStep(Keep), EpochEnds));
        if (trainer.Network.Buffers.Count > 0)
            trainer.AfterUpdate.AddEffect(new CopyBuffers(player.Field, trainer.Model.Field, EpochEnds));
        if (average.Rate > 0) LowerRate(average, trainer, from, cycle);
        Measure(declared, trainer, player, from, findings);

        string Number(string property, string name) => Hyperparameters.Add(trainer, average, property, name).Code;
    }

    // From the declared epoch on the schedule is that of the cycles.
    private static void LowerRate(
        StochasticWeightAverageAttribute average, TrainerProgram trainer, string from, string cycle)
    {
        string high = Hyperparameters.Add(trainer, average, nameof(average.Rate), "AverageRate").Code;
        List<string> body = [$"long averaged = step - ({from} - 1) * StepsPerEpoch;"];
        if (average.LowRate > 0)
        {
            string low = Hyperparameters.Add(trainer, average, nameof(average.LowRate), "AverageLowRate").Code;
            body.Add($"long cycle = {cycle} * StepsPerEpoch;");
            body.Add($"if (averaged >= 0) return {high} + ({low} - {high}) * (averaged % cycle + 1) / cycle;");
        }
        else
        {
            body.Add($"if (averaged >= 0) return {high};");
        }

        trainer.Schedule = trainer.Schedule with
        {
            Body = [.. body, .. trainer.Schedule.Body],
            Notation = $"{trainer.Schedule.Notation}, then that of the averaged epochs",
        };
    }

    private static void Measure(
        Bound<RecipeAttribute> declared, TrainerProgram trainer, Player player, string from, Findings findings)
    {
        var network = trainer.Network;
        var nodes = network.Computation.Nodes.Where(node => node.Operation is BatchNormalization).ToList();
        if (nodes.Count == 0 && !(network.IsOpaque && network.Buffers.Count > 0)) return;
        var layers = nodes.Select(node => new MeasuredStatistics.Layer(
            Name(node.Inputs[3]), Name(node.Inputs[4]), ((BatchNormalization)node.Operation).Momentum)).ToList();
        string? reason = network.IsOpaque ? "the compiler does not analyse its Forward"
            : network.Inputs.Count > 1 ? "it takes several inputs"
            : layers.Select(layer => layer.Mean).Distinct().Count() < layers.Count ? "it uses a normalisation several times"
            : !trainer.Streams.Contains(Stream.Data) ? "the trainer reads no data" : null;
        if (reason is not null)
        {
            findings.Add(Catalogue.StatisticsNotMeasured, declared.Site, trainer.Declaration.Model!.Model.Site, declared.Name,
                trainer.Declaration.ModelName, reason);
            return;
        }

        trainer.Measured = new MeasuredStatistics(player, layers, $"StepCount / StepsPerEpoch >= {from}");

        string Name(Value buffer) => network.Buffers.First(
            known => known.Member == ((Buffer)buffer.Producer.Operation).Member).Name;
    }
}
