using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The training loop, for the streams that were declared.</summary>
internal static class FitEmitter
{
    /// <summary>What validation data are for where nothing ends by them.</summary>
    public const string Validation = "What is evaluated after every epoch, for the report and whoever watches; null for none.";

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        WriteHead(code, trainer);
        using (WriteSignature(code, trainer))
        {
            string dropLast = Spelling.Bool(trainer.DropLast);
            code.Line(TrainerState.Guard);
            foreach (var stream in trainer.Streams) code.Line($"ArgumentNullException.ThrowIfNull({stream.Argument});");
            if (trainer.Stopping is not null) code.Line("ArgumentNullException.ThrowIfNull(validation);");
            using var guard = trainer.HasRanks ? RankEmitter.Guard(code) : null;
            if (trainer.CheckpointPeriod is not null) code.Line("Checkpoint.Prepare(checkpointPath);");
            foreach (var stream in trainer.Streams)
            {
                string purpose = stream.Name.Length == 0 ? "" : $", \"{stream.Argument}\"";
                string sampler = stream.Name.Length == 0 && trainer.DataSampler is { } own ? own
                    : $"new EpochSampler({stream.Argument}.Count, {stream.BatchSize}, {dropLast}, Seed{purpose})";
                code.Line($"using var {stream.Sampler} = {sampler};");
                if (trainer.HasRanks && (stream.Name.Length > 0 || trainer.DataSampler is null))
                    code.Line($"{stream.Sampler}.RequireParts(Ranks);");
                if (stream == Stream.Data && trainer.DataSampler is null && NormalizedOverBatch(trainer) is { } player)
                {
                    string network = player.Type.Substring(player.Type.LastIndexOfAny(['.', ':']) + 1);
                    string ranks = trainer.HasRanks ? ", Ranks" : "";
                    code.Line($"{stream.Sampler}.RequireCompany(\"'{network}' normalises over the batch alone\"{ranks});");
                }
            }

            string epochs = trainer.EpochStream.Sampler;
            code.Line(trainer.Accumulates
                ? $"StepsPerEpoch = ({epochs}.BatchesPerEpoch + {TrainerProgram.BatchesPerUpdate} - 1) / "
                    + $"{TrainerProgram.BatchesPerUpdate};"
                : $"StepsPerEpoch = {epochs}.BatchesPerEpoch;");
            if (trainer.CountsSamples) code.Line("_samplesPerEpoch = data.Count;");
            if (trainer.Length == RunLength.Undeclared)
                code.Line("Epochs = Hyperparameter.Check(epochs, \"[1, inf)\", nameof(epochs));");
            if (ConstantsEmitter.Counts(trainer)) code.Line("CountClasses(data);");
            StateEmitter.WriteFitStart(code, trainer);
            PlayerEmitter.WriteModes(code, trainer);
            foreach (var field in trainer.Fields.Where(field => field.Preparation is not null)) code.Line(field.Preparation!);
            WriteRun(code, trainer);
            using (code.Block($"while (StepCount < TotalSteps{(trainer.Stopping is null ? "" : " && !run.StopsEarly")})"))
            {
                EpochStartEmitter.WriteCall(code, trainer);
                if (trainer.Accumulates) WriteWindow(code, trainer, epochs);
                else WriteBatch(code, trainer, "StepCount", "using var batch = new Batch(", ");");
                code.Line($"Losses losses = Step({(trainer.Accumulates ? "window" : "batch")});");
                StatisticsEmitter.WriteCall(code, trainer);
                WriteStepped(code, trainer);
            }

            code.Line();
            code.Line("return run.End();");
        }
    }

    /// <summary>Whether validation data may be given: where nothing ends the run by them, and the source is of a known
    /// type.</summary>
    public static bool TakesValidation(TrainerProgram trainer) =>
        trainer.Stopping is null && trainer.IsEvaluated && trainer.Network.Inputs.Count == 1;

    // The first network that is given the batch as it is and has a normalisation with one number of each sample for a channel.
    private static Player? NormalizedOverBatch(TrainerProgram trainer)
    {
        var called = trainer.Phases.SelectMany(phase => phase.Computation.Nodes)
            .Where(node => node.Operation is Call && node.Inputs[0].Shape[0] == Stream.Data.Rows)
            .Select(node => ((Call)node.Operation).Member).ToList();
        return trainer.Players.FirstOrDefault(player => called.Contains(player.Field) && player.Network is { } network
            && network.Computation.Nodes.Any(
                node => node.Operation is BatchNormalization && Stands(network, node.Inputs[0].Shape)));

        static bool Stands(NetworkProgram network, Shape given) =>
            given[0] == network.Input.Shape[0] && given.ElementsPerSample == given[1].Factor;
    }

    private static void WriteRun(CodeWriter code, TrainerProgram trainer)
    {
        string evaluation = trainer.Stopping is not null ? ", () => Evaluate(validation)"
            : trainer.RunEvaluation is { } own ? $", {own}"
            : TakesValidation(trainer) ? ", validation is null ? null : () => Evaluate(validation)"
            : FeatureEvaluationEmitter.IsFitted(trainer) ? ", probe is null ? null : () => EvaluateFeatures(probe), ProbeEvery"
            : "";
        code.Line($"using var run = StartRun(_model, progress{evaluation});");
        if (trainer.Stopping is { } rule)
        {
            string byAccuracy = Spelling.Bool(rule.Metric == Metric.Accuracy);
            string ownLosses = rule.Metric == Metric.Accuracy ? "" : string.Concat(trainer.OwnLosses.Select(
                term => $", (\"{Casing.Variable(term.Name)}\", {term.Weight?.Code ?? "1"})"));
            code.Line($"run.StopEarly(_best, byAccuracy: {byAccuracy}, {rule.MinimumImprovement}, {rule.Patience}{ownLosses});");
        }

        foreach (var report in trainer.Reports.Where(report => report.Begin is not null)) code.Line(report.Begin!);
        NonFiniteEmitter.WriteFitStart(code, trainer);
        if (trainer.CheckpointPeriod is not { } period) return;
        string kept = trainer.KeptCheckpoints > 0 ? $", kept: {trainer.KeptCheckpoints}" : "";
        if (trainer.KeepsBestCheckpoint) kept += ", keepsBest: true";
        if (trainer.WaitsForCheckpoints) kept += ", asynchronous: false";
        code.Line($"run.Saves(checkpointPath, {period}{kept});");
    }

    private static void WriteStepped(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var report in trainer.Reports.Where(report => report.Told is not null)) code.Line(report.Told!);
        var told = (trainer.HasSeveralPhases
            ? trainer.PhasesAsReported.Select(phase => (phase.Name, trainer.ResultsOf(phase).First().Member))
            : trainer.Main.Terms.Count > 1 ? trainer.Main.Terms.Select(term => (term.Name, term.Name)) : []).ToList();
        told.AddRange(trainer.Reports.Where(report => report.Told is null).Select(report => (report.Member, report.Member)));
        string losses = string.Concat(told.Select(loss => $", (\"{Casing.Variable(loss.Item1)}\", losses.{loss.Item2})"));
        code.Line($"run.Stepped(losses.Total{losses});");
    }

    private static void WriteWindow(CodeWriter code, TrainerProgram trainer, string epochs)
    {
        foreach (string line in AccumulationEmitter.WindowBounds(epochs)) code.Line(line);
        code.Line("using var window = new BatchWindow<Batch>();");
        using (code.Block("for (long position = start; position < end; position++)"))
            WriteBatch(code, trainer, "position", "window.Add(new Batch(", "));");
        code.Line();
    }

    private static void WriteBatch(CodeWriter code, TrainerProgram trainer, string position, string head, string end)
    {
        foreach (var stream in trainer.Streams)
        {
            string samples = RankEmitter.Part(trainer, $"{stream.Sampler}.Indices({position})");
            code.Line($"using Tensor {stream.Indices} = {samples};");
        }

        code.Line(head);
        for (int i = 0; i < trainer.Fields.Count; i++)
            code.Line($"    DataTransfer.To({trainer.Fields[i].Read}, _device){(i + 1 < trainer.Fields.Count ? "," : end)}");
    }

    private static void WriteHead(CodeWriter code, TrainerProgram trainer)
    {
        bool labeled = trainer.Fields.Any(field => field.IsLabel), further = trainer.ReadsFurtherInputs;
        code.Line();
        code.Summary("Trains from the present step to the end of the run.");
        foreach (var stream in trainer.Streams)
        {
            string what = stream != Stream.Data ? stream.Summary : labeled ? "Inputs and labels" : "Inputs; labels are not read";
            code.Line($"/// <param name=\"{stream.Argument}\">{what}.</param>");
        }

        if (trainer.Stopping is { } rule)
        {
            code.Line("/// <param name=\"validation\">What is evaluated after every epoch. The run ends when its "
                + $"{rule.Metric.ToString().ToLowerInvariant()} no longer improves, and the best weights are restored.</param>");
        }

        if (trainer.CheckpointPeriod is not null)
            code.Line(
                "/// <param name=\"checkpointPath\">The file that the run is saved to, again and again, for "
                + "<c>Resume</c>.</param>");
        if (trainer.Length == RunLength.Undeclared)
            code.Line("/// <param name=\"epochs\">Passes over the data in the whole run.</param>");
        code.Line("/// <param name=\"progress\">Who watches.</param>");
        if (TakesValidation(trainer)) code.Line($"/// <param name=\"validation\">{Validation}</param>");
        if (FeatureEvaluationEmitter.IsFitted(trainer)) code.Line(FeatureEvaluationEmitter.Documentation);
        if (!further) return;
        code.Line("/// <typeparam name=\"TData\">A source of every input of the model.</typeparam>");
        if (trainer.Stopping is not null)
            code.Line("/// <typeparam name=\"TValidation\">A source of every input of the model, and of labels.</typeparam>");
    }

    private static IDisposable WriteSignature(CodeWriter code, TrainerProgram trainer)
    {
        string source = trainer.Fields.Any(field => field.IsLabel) ? "ILabeledDataSource" : "IDataSource";
        bool further = trainer.ReadsFurtherInputs, furtherValidation = further && trainer.Stopping is not null;
        List<string> parameters = [];
        foreach (var stream in trainer.Streams)
        {
            string type = stream.Source ?? (stream != Stream.Data ? "IDataSource" : further ? "TData" : source);
            parameters.Add($"{type} {stream.Argument}");
        }

        if (trainer.Stopping is not null) parameters.Add($"{(further ? "TValidation" : "ILabeledDataSource")} validation");
        if (trainer.CheckpointPeriod is not null) parameters.Add("string checkpointPath");
        if (trainer.Length == RunLength.Undeclared) parameters.Add("int epochs");
        parameters.Add("ITrainingProgress? progress = null");
        if (TakesValidation(trainer)) parameters.Add("ILabeledDataSource? validation = null");
        if (FeatureEvaluationEmitter.IsFitted(trainer)) parameters.Add(FeatureEvaluationEmitter.Parameter);
        string types = furtherValidation ? "<TData, TValidation>" : further ? "<TData>" : "";
        string head = $"public TrainingReport Fit{types}({string.Join(", ", parameters)})";
        if (!further) return code.Block(head);
        code.Line(head);
        if (furtherValidation) code.Line("    where TValidation : ILabeledDataSource, IFurtherInputs");
        return code.Block($"    where TData : {source}, IFurtherInputs");
    }
}
