using System;
using System.Collections.Generic;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Position in the run, and what depends on it alone: learning rate, ramped weights.</summary>
internal static class ScheduleEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.CountsSamples)
        {
            code.Line();
            code.Summary("Samples of an update. Once <c>Fit</c> has counted the data, no more than there are.");
            code.Line($"public long SamplesPerStep => Math.Min({trainer.SamplesPerStep}, _samplesPerEpoch);");
            code.Line("private long _samplesPerEpoch = long.MaxValue;");
        }

        code.Line();
        WriteTotalSteps(code, trainer);
        code.Line();
        code.Summary($"The learning rate of a step, counted from 0: {trainer.Schedule.Notation}.");
        WriteFunction(code, "public override double LearningRateAt(long step)", [.. Warmup(trainer), .. trainer.Schedule.Body]);

        foreach (var function in trainer.StepFunctions)
        {
            code.Line();
            code.Summary(function.Summary);
            WriteFunction(code, $"public double {function.Name}(long step)", function.Body);
        }
    }

    private static IEnumerable<string> Warmup(TrainerProgram trainer) => trainer.Schedule.Warmup is not { } warmup ? [] :
    [
        $"long warmup = {warmup};",
        "if (step < warmup) return LearningRate * (step + 1) / warmup;",
    ];

    private static void WriteFunction(CodeWriter code, string head, IReadOnlyList<string> body)
    {
        const string Return = "return ";
        if (body.Count == 1 && body[0].StartsWith(Return, StringComparison.Ordinal)
            && $"    {head} => {body[0].Substring(Return.Length)}" is { Length: <= LineBreaks.Width } line)
        {
            code.Line(line.Trim());
            return;
        }

        using (code.Block(head))
            foreach (string statement in body) code.Line(statement);
    }

    private static void WriteTotalSteps(CodeWriter code, TrainerProgram trainer)
    {
        code.Summary("Updates in the whole run.");
        switch (trainer.Length)
        {
            case RunLength.Steps:
                code.Line("public override long TotalSteps => Steps;");
                break;
            case RunLength.Epochs:
                code.Line("public override long TotalSteps => Epochs * StepsPerEpoch;");
                break;
            default:
                code.Line(
                    "/// <exception cref=\"InvalidOperationException\">It is read before the run's length is known.</exception>");
                code.Line("public override long TotalSteps => Epochs > 0");
                code.Line("    ? Epochs * StepsPerEpoch");
                code.Line("    : throw NotKnown(nameof(Epochs));");
                code.Line();
                code.Summary("Passes over the data in the whole run. <c>Fit</c> sets it.");
                code.Line("public int Epochs { get; set; }");
                break;
        }
    }
}
