using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Recipes;

namespace Dsl.Generator.Emitting;

/// <summary>The training loop, for the streams that were declared.</summary>
internal static class FitEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        bool labeled = trainer.Roles.Any(role => role.Name == "Label");
        bool unlabeled = trainer.Roles.Any(role => role.Name == "Unlabeled");
        string dropLast = Spelling.Bool(trainer.DropLast);
        string source = labeled ? "ILabeledDataSource" : "IDataSource";
        bool further = trainer.Network.Inputs.Count > 1;
        List<string> parameters = [$"{(further ? "TData" : source)} data"];
        if (unlabeled) parameters.Add("IDataSource unlabeled");
        if (trainer.Stopping is not null) parameters.Add($"{(further ? "TValidation" : "ILabeledDataSource")} validation");
        if (trainer.CheckpointPeriod is not null) parameters.Add("string checkpointPath");
        if (trainer.Length == RunLength.Undeclared) parameters.Add("int epochs");
        parameters.Add("ITrainingProgress? progress = null");

        code.Line();
        code.Summary("Trains from the present step to the end of the run.");
        code.Line($"/// <param name=\"data\">{(labeled ? "Inputs and labels" : "Inputs; labels are not read")}.</param>");
        if (unlabeled) code.Line("/// <param name=\"unlabeled\">Inputs without labels; a pass over them is an epoch.</param>");
        if (trainer.Stopping is { } rule)
        {
            code.Line("/// <param name=\"validation\">What is evaluated after every epoch. The run ends when its "
                + $"{rule.Metric.ToString().ToLowerInvariant()} no longer improves, and the best weights are restored.</param>");
        }

        if (trainer.CheckpointPeriod is not null) code.Line("/// <param name=\"checkpointPath\">The file that the run is saved to, again and again, for <c>Resume</c>.</param>");
        if (trainer.Length == RunLength.Undeclared) code.Line("/// <param name=\"epochs\">Passes over the data in the whole run.</param>");
        code.Line("/// <param name=\"progress\">Who watches.</param>");
        if (further) code.Line("/// <typeparam name=\"TData\">A source of every input of the model.</typeparam>");
        bool furtherValidation = further && trainer.Stopping is not null;
        if (furtherValidation) code.Line("/// <typeparam name=\"TValidation\">A source of every input of the model, and of labels.</typeparam>");
        string head = $"public TrainingReport Fit{(furtherValidation ? "<TData, TValidation>" : further ? "<TData>" : "")}({string.Join(", ", parameters)})";
        if (further) code.Line(head);
        if (furtherValidation) code.Line("    where TValidation : ILabeledDataSource, IFurtherInputs");
        using (code.Block(further ? $"    where TData : {source}, IFurtherInputs" : head))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(data);");
            if (unlabeled) code.Line("ArgumentNullException.ThrowIfNull(unlabeled);");
            if (trainer.Stopping is not null) code.Line("ArgumentNullException.ThrowIfNull(validation);");
            if (trainer.CheckpointPeriod is not null) code.Line("Checkpoint.Prepare(checkpointPath);");
            code.Line($"using var sampler = new EpochSampler(data.Count, BatchSize, {dropLast}, Seed);");
            if (unlabeled) code.Line($"using var unlabeledSampler = new EpochSampler(unlabeled.Count, UnlabeledBatchSize, {dropLast}, Seed, \"unlabeled\");");
            string epochs = unlabeled ? "unlabeledSampler" : "sampler";
            code.Line(trainer.Accumulates
                ? $"StepsPerEpoch = ({epochs}.BatchesPerEpoch + {Accumulate.Batches} - 1) / {Accumulate.Batches};"
                : $"StepsPerEpoch = {epochs}.BatchesPerEpoch;");
            if (trainer.CountsSamples) code.Line("_samplesPerEpoch = data.Count;");
            if (trainer.Length == RunLength.Undeclared) code.Line("Epochs = (int)Hyperparameter.Check(epochs, 1, true, double.PositiveInfinity, false, nameof(epochs));");
            if (ConstantsEmitter.Counts(trainer)) code.Line("CountClasses(data);");
            code.Line("_model.train();");
            if (trainer.Given is { } given) TeacherEmitter.WriteFitStart(code, given, trainer);
            if (trainer.KeepsTeacher) code.Line("_teacher.train();");
            code.Line($"progress?.Started(new TrainingRun(nameof({trainer.Declaration.Type.Name}), TotalSteps, StepsPerEpoch));");
            code.Line("using var watch = new DivergenceWatch(_model, StepsPerEpoch);");
            code.Line("var clock = Stopwatch.StartNew();");
            code.Line("long first = StepCount;");
            if (trainer.Accuracy is not null) code.Line("using var accuracy = new EpochAccuracy(_device);");
            if (trainer.Stopping is { } stopping) code.Line($"bool stops = _best.EvaluationsWithoutImprovement >= {stopping.Patience};");
            using (code.Block($"while (StepCount < TotalSteps{(trainer.Stopping is null ? "" : " && !stops")})"))
            {
                if (trainer.Accumulates) WriteWindow(code, trainer, unlabeled, epochs);
                else WriteBatch(code, trainer, unlabeled, "StepCount", "using var batch = new Batch(", ");");
                code.Line($"Losses losses = Step({(trainer.Accumulates ? "window" : "batch")});");
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
            string accuracy = trainer.Accuracy is null ? "" : " { TrainingAccuracy = accuracy.ToArray() }";
            string loss = "_losses.Total?.ToDouble() ?? double.NaN";
            code.Line($"var report = new TrainingReport(nameof({trainer.Declaration.Type.Name}), StepCount - first, clock.Elapsed, {loss}){accuracy};");
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

    private static void WriteWindow(CodeWriter code, TrainerProgram trainer, bool unlabeled, string epochs)
    {
        foreach (string line in AccumulationEmitter.WindowBounds(epochs)) code.Line(line);
        code.Line("using var window = new BatchWindow<Batch>();");
        using (code.Block("for (long position = start; position < end; position++)"))
            WriteBatch(code, trainer, unlabeled, "position", "window.Add(new Batch(", "));");
        code.Line();
    }

    private static void WriteBatch(CodeWriter code, TrainerProgram trainer, bool unlabeled, string position, string head, string end)
    {
        code.Line($"using Tensor indices = sampler.Indices({position});");
        if (unlabeled) code.Line($"using Tensor unlabeledIndices = unlabeledSampler.Indices({position});");
        code.Line(head);
        for (int i = 0; i < trainer.Roles.Count; i++)
            code.Line($"    DataTransfer.To({Read(trainer.Roles[i], trainer)}, _device){(i + 1 < trainer.Roles.Count ? "," : end)}");
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

    private static string Read(Role role, TrainerProgram trainer) => role switch
    {
        { Name: GivenTeacher.CachedRole } => TeacherEmitter.ReadCached(trainer),
        { InputName: { } name } => $"data.ReadInput(\"{name}\", indices)",
        { Name: "Label" } => "data.ReadLabels(indices)",
        { Name: "Unlabeled" } => "unlabeled.ReadInputs(unlabeledIndices)",
        _ => "data.ReadInputs(indices)",
    };
}
