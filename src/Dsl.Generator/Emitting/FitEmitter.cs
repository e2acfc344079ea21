using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

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
        if (trainer.Length == RunLength.Undeclared) parameters.Add("int epochs");
        parameters.Add("ITrainingProgress? progress = null");

        code.Line();
        code.Summary("Trains from the present step to the end of the run.");
        code.Line($"/// <param name=\"data\">{(labeled ? "Inputs and labels" : "Inputs; labels are not read")}.</param>");
        if (unlabeled) code.Line("/// <param name=\"unlabeled\">Inputs without labels; a pass over them is an epoch.</param>");
        if (trainer.Length == RunLength.Undeclared) code.Line("/// <param name=\"epochs\">Passes over the data in the whole run.</param>");
        code.Line("/// <param name=\"progress\">Who watches.</param>");
        if (further) code.Line("/// <typeparam name=\"TData\">A source of every input of the model.</typeparam>");
        string head = $"public TrainingReport Fit{(further ? "<TData>" : "")}({string.Join(", ", parameters)})";
        if (further) code.Line(head);
        using (code.Block(further ? $"    where TData : {source}, IFurtherInputs" : head))
        {
            code.Line($"using var sampler = new EpochSampler(data.Count, BatchSize, {dropLast}, Seed);");
            if (unlabeled) code.Line($"using var unlabeledSampler = new EpochSampler(unlabeled.Count, UnlabeledBatchSize, {dropLast}, Seed, \"unlabeled\");");
            code.Line($"StepsPerEpoch = {(unlabeled ? "unlabeledSampler" : "sampler")}.BatchesPerEpoch;");
            if (trainer.Length == RunLength.Undeclared) code.Line("Epochs = (int)Hyperparameter.Check(epochs, 1, true, double.PositiveInfinity, false, nameof(epochs));");
            if (ConstantsEmitter.Counts(trainer)) code.Line("CountClasses(data);");
            code.Line("_model.train();");
            if (trainer.Teacher == TeacherKind.Given) code.Line("_teacher.eval();");
            if (trainer.Teacher == TeacherKind.Average) code.Line("_teacher.train();");
            code.Line($"progress?.Started(new TrainingRun(nameof({trainer.Declaration.Type.Name}), TotalSteps, StepsPerEpoch));");
            code.Line("var clock = Stopwatch.StartNew();");
            code.Line("long first = StepCount;");
            using (code.Block("while (StepCount < TotalSteps)"))
            {
                code.Line("using Tensor indices = sampler.Indices(StepCount);");
                if (unlabeled) code.Line("using Tensor unlabeledIndices = unlabeledSampler.Indices(StepCount);");
                code.Line("using var batch = new Batch(");
                for (int i = 0; i < trainer.Roles.Count; i++)
                    code.Line($"    DataTransfer.To({Read(trainer.Roles[i])}, _device){(i + 1 < trainer.Roles.Count ? "," : ");")}");
                code.Line("Losses losses = Step(batch);");
                code.Line("progress?.Stepped(StepCount, losses.Total);");
            }

            code.Line();
            code.Line($"var report = new TrainingReport(nameof({trainer.Declaration.Type.Name}), StepCount - first, clock.Elapsed, _losses.Total?.ToDouble() ?? double.NaN);");
            code.Line("progress?.Finished(report);");
            code.Line("return report;");
        }
    }

    private static string Read(Role role) => role switch
    {
        { InputName: { } name } => $"data.ReadInput(\"{name}\", indices)",
        { Name: "Label" } => "data.ReadLabels(indices)",
        { Name: "Unlabeled" } => "unlabeled.ReadInputs(unlabeledIndices)",
        _ => "data.ReadInputs(indices)",
    };
}
