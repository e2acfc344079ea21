using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The training loop, for the streams that were declared.</summary>
internal static class FitEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        WriteHead(code, trainer);
        using (WriteSignature(code, trainer))
        {
            string dropLast = Spelling.Bool(trainer.DropLast);
            code.Line(TrainerState.Guard);
            foreach (var stream in trainer.Streams) code.Line($"ArgumentNullException.ThrowIfNull({stream.Argument});");
            if (trainer.Stopping is not null) code.Line("ArgumentNullException.ThrowIfNull(validation);");
            if (trainer.CheckpointPeriod is not null) code.Line("Checkpoint.Prepare(checkpointPath);");
            foreach (var stream in trainer.Streams)
            {
                string purpose = stream == Stream.Data ? "" : $", \"{stream.Argument}\"";
                code.Line(
                    $"using var {stream.Sampler} = new EpochSampler({stream.Argument}.Count, {stream.BatchSize}, {dropLast}, "
                    + $"Seed{purpose});");
            }

            string epochs = trainer.EpochStream.Sampler;
            code.Line(trainer.Accumulates
                ? $"StepsPerEpoch = ({epochs}.BatchesPerEpoch + {TrainerProgram.BatchesPerUpdate} - 1) / "
                    + $"{TrainerProgram.BatchesPerUpdate};"
                : $"StepsPerEpoch = {epochs}.BatchesPerEpoch;");
            if (trainer.CountsSamples) code.Line("_samplesPerEpoch = data.Count;");
            if (trainer.Length == RunLength.Undeclared) code.Line("Epochs = Hyperparameter.Check(epochs, \"[1, inf)\", nameof(epochs));");
            if (ConstantsEmitter.Counts(trainer)) code.Line("CountClasses(data);");
            StateEmitter.WriteFitStart(code, trainer);
            PlayerEmitter.WriteModes(code, trainer);
            foreach (var field in trainer.Fields.Where(field => field.Preparation is not null)) code.Line(field.Preparation!);
            code.Line($"progress?.Started(new TrainingRun(nameof({trainer.Declaration.Type.Name}), TotalSteps, StepsPerEpoch));");
            code.Line("using var watch = new DivergenceWatch(_model, StepsPerEpoch);");
            code.Line("var clock = Stopwatch.StartNew();");
            code.Line("long first = StepCount;");
            NonFiniteEmitter.WriteFitStart(code, trainer);
            if (trainer.Accuracy is not null) code.Line("using var accuracy = new EpochAccuracy(_device);");
            if (trainer.Stopping is { } stopping) code.Line($"bool stops = _best.EvaluationsWithoutImprovement >= {stopping.Patience};");
            using (code.Block($"while (StepCount < TotalSteps{(trainer.Stopping is null ? "" : " && !stops")})"))
            {
                if (trainer.Accumulates) WriteWindow(code, trainer, epochs);
                else WriteBatch(code, trainer, "StepCount", "using var batch = new Batch(", ");");
                code.Line($"Losses losses = Step({(trainer.Accumulates ? "window" : "batch")});");
                NonFiniteEmitter.WriteTold(code, trainer);
                code.Line("watch.Observe(StepCount, losses.Total);");
                WriteEvaluation(code, trainer);
                WriteProgress(code, trainer);
                WriteCheckpoint(code, trainer);
            }

            code.Line();
            code.Line("watch.RequireFinite(StepCount);");
            if (trainer.Stopping is not null) code.Line("_best.Restore();");
            if (trainer.CheckpointPeriod is not null) code.Line("Save(checkpointPath);");
            code.Line();
            string[] accuracy = trainer.Accuracy is null ? [] : ["TrainingAccuracy = accuracy.ToArray()"];
            string[] members = [.. accuracy, .. NonFiniteEmitter.Reported(trainer)];
            string more = members.Length == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
            string loss = "_losses.Total is { } total ? Aten.item(total) : double.NaN";
            string run = $"nameof({trainer.Declaration.Type.Name}), StepCount - first, clock.Elapsed, {loss}";
            code.Line($"var report = new TrainingReport({run}){more};");
            code.Line("progress?.Finished(report);");
            code.Line("return report;");
        }
    }

    private static void WriteProgress(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Accuracy is null)
        {
            code.Line("progress?.Stepped(StepCount, losses.Total);");
            return;
        }

        string labels = trainer.Accumulates ? "window.ConvertAll(batch => batch.Label)" : "batch.Label";
        code.Line($"accuracy.Add(losses.Accuracy, {labels}, (StepCount - 1) / StepsPerEpoch);");
        code.Line("progress?.Stepped(StepCount, losses.Total, accuracy);");
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
            code.Line($"using Tensor {stream.Indices} = {stream.Sampler}.Indices({position});");
        code.Line(head);
        for (int i = 0; i < trainer.Fields.Count; i++)
            code.Line($"    DataTransfer.To({trainer.Fields[i].Read}, _device){(i + 1 < trainer.Fields.Count ? "," : end)}");
    }

    private static void WriteEvaluation(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Stopping is not { } rule) return;
        code.Line();
        code.Line("// Before anybody is told of the step: what is saved then holds its evaluation.");
        code.Line($"{EvaluationEmitter.Result(trainer.Labels)}? evaluation = null;");
        using (code.Block("if (StepCount % StepsPerEpoch == 0 || StepCount == TotalSteps)"))
        {
            code.Line("evaluation = Evaluate(validation);");
            string value = $"evaluation.Value.{rule.Metric}", higherIsBetter = Spelling.Bool(rule.Metric == Metric.Accuracy);
            code.Line($"_best.Observe({value}, higherIsBetter: {higherIsBetter}, {rule.MinimumImprovement});");
            code.Line($"stops = _best.EvaluationsWithoutImprovement >= {rule.Patience};");
        }

        code.Line();
    }

    private static void WriteCheckpoint(CodeWriter code, TrainerProgram trainer)
    {
        bool evaluates = trainer.Stopping is not null;
        if (evaluates) code.Line("if (evaluation is { } evaluated) progress?.Evaluated(StepCount, evaluated);");
        if (trainer.CheckpointPeriod is not { } period) return;
        if (evaluates) code.Line();
        using (code.Block($"if (StepCount % {period} == 0)")) code.Line("Save(checkpointPath);");
    }

    private static void WriteHead(CodeWriter code, TrainerProgram trainer)
    {
        bool labeled = trainer.Fields.Any(field => field.IsLabel), further = trainer.Network.Inputs.Count > 1;
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
        if (!further) return;
        code.Line("/// <typeparam name=\"TData\">A source of every input of the model.</typeparam>");
        if (trainer.Stopping is not null)
            code.Line("/// <typeparam name=\"TValidation\">A source of every input of the model, and of labels.</typeparam>");
    }

    private static IDisposable WriteSignature(CodeWriter code, TrainerProgram trainer)
    {
        string source = trainer.Fields.Any(field => field.IsLabel) ? "ILabeledDataSource" : "IDataSource";
        bool further = trainer.Network.Inputs.Count > 1, furtherValidation = further && trainer.Stopping is not null;
        List<string> parameters = [];
        foreach (var stream in trainer.Streams)
            parameters.Add($"{(stream != Stream.Data ? "IDataSource" : further ? "TData" : source)} {stream.Argument}");
        if (trainer.Stopping is not null) parameters.Add($"{(further ? "TValidation" : "ILabeledDataSource")} validation");
        if (trainer.CheckpointPeriod is not null) parameters.Add("string checkpointPath");
        if (trainer.Length == RunLength.Undeclared) parameters.Add("int epochs");
        parameters.Add("ITrainingProgress? progress = null");
        string types = furtherValidation ? "<TData, TValidation>" : further ? "<TData>" : "";
        string head = $"public TrainingReport Fit{types}({string.Join(", ", parameters)})";
        if (!further) return code.Block(head);
        code.Line(head);
        if (furtherValidation) code.Line("    where TValidation : ILabeledDataSource, IFurtherInputs");
        return code.Block($"    where TData : {source}, IFurtherInputs");
    }
}
