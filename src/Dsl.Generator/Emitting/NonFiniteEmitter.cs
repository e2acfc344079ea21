using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>
/// What a trainer does at a step that is not finite. Where nothing is declared, the trainer's code has nothing of it.
/// </summary>
internal static class NonFiniteEmitter
{
    /// <summary>A line in the documentation of the trainer.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(TrainerProgram trainer) => trainer.NonFinite switch
    {
        NonFiniteRule.Skip => [("not finite", "a step is skipped; several in a row end the run")],
        NonFiniteRule.RollBack => [("not finite", "the run returns to a good state that is kept, and the learning rate falls")],
        _ => [],
    };

    public static void WriteField(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is { } rule) code.Line($"private readonly {Type(rule)} {Field(rule)};");
    }

    /// <summary>In the constructor, behind everything that an update changes.</summary>
    public static void WriteCreation(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is not { } rule) return;

        // An average is computed after an update: no forward pass changes its buffers.
        var networks = trainer.Players.Where(player => player.IsKept && player.Origin is not Origin.Average { Trains: false })
            .Select(player => $"(\"{player.Name}\", {player.Field})");
        List<string> arguments = [$"[{string.Join(", ", trainer.Main.Arenas.Select(arena => arena.Code))}]", .. networks];
        if (rule is NonFiniteRule.RollBack) arguments.Insert(0, "RunState");
        code.Line($"{Field(rule)} = Own(new {Type(rule)}({string.Join(", ", arguments)}));");
    }

    public static void WriteMembers(CodeWriter code, TrainerProgram trainer)
    {
        switch (trainer.NonFinite)
        {
            case NonFiniteRule.Skip skip:
                code.Line();
                code.Summary("Steps that were skipped because they were not finite, in the whole run.");
                code.Line($"public long SkippedSteps => {Field(skip)}.SkippedSteps;");
                break;
            case NonFiniteRule.RollBack rollBack:
                code.Line();
                code.Summary("Returns to a good state, in the whole run.");
                code.Line($"public long RollBackCount => {Field(rollBack)}.Count;");
                code.Line();
                code.Summary("What <c>LearningRateAt</c> is multiplied by since the returns so far, in (0, 1].");
                code.Line($"public double LearningRateScale => {Field(rollBack)}.LearningRateScale;");
                break;
        }
    }

    /// <summary>Where the batches of an update that is not made are forgotten.</summary>
    public static void WriteDrop(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is { } rule) code.Line($"{Field(rule)}.Drop();");
    }

    /// <summary>Before the forward pass of a batch.</summary>
    public static void WriteBegin(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is not { } rule) return;
        string arguments = rule is NonFiniteRule.RollBack rollBack
            ? $"StepCount, {rollBack.Period}, {rollBack.Limit}, {rollBack.Factor}"
            : "";
        code.Line($"{Field(rule)}.Begin({arguments});");
    }

    /// <summary>The end of a batch.</summary>
    /// <param name="losses">The members of <c>Losses</c>.</param>
    public static void WriteReturn(CodeWriter code, TrainerProgram trainer, string losses)
    {
        if (trainer.NonFinite is not { } rule)
        {
            if (!trainer.HasRanks)
            {
                code.Line($"return _losses = new Losses({losses});");
                return;
            }

            code.Line($"_losses = new Losses({losses});");
            RankEmitter.WriteLosses(code);
            code.Line("return _losses;");
            return;
        }

        code.Line($"_losses = new Losses({losses});");
        if (trainer.HasRanks) RankEmitter.WriteLosses(code);
        code.Line($"{Field(rule)}.Observe(_losses.Total);");
        code.Line("return _losses;");
    }

    public static void WriteDocumentation(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is not { } rule) return;
        string end = rule is NonFiniteRule.Skip ? "too many before it were not either" : "no return to a good state is left";
        code.Line($"/// <exception cref=\"DivergedException\">The update is not finite, and {end}.</exception>");
    }

    /// <summary>Before an update, and before the gradient is clipped, which could make an infinite one finite.</summary>
    public static void WriteCheck(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is not { } rule) return;
        var reported = trainer.Reports.Select(report => report.Member);
        string losses = string.Join(", ", trainer.StepResults.Where(result => !reported.Contains(result.Member)).Select(
            result => $"(\"{result.Member}\", _losses.{result.Member})"));
        using (code.Block($"if (!{Field(rule)}.IsFinite())"))
        {
            code.Line(rule switch
            {
                NonFiniteRule.Skip skip => $"{Field(rule)}.Skip(StepCount, {skip.Limit}, {losses});",
                NonFiniteRule.RollBack rollBack =>
                    $"{Field(rule)}.RollBack(StepCount, {rollBack.Limit}, {rollBack.Factor}, {losses});",
                _ => throw new InvalidOperationException($"Nobody writes {rule}."),
            });
            StateEmitter.WriteDrop(code, trainer);
            code.Line("StepCount++;");
            code.Line("return;");
        }

        code.Line();
    }

    /// <summary>What the learning rate of an update is multiplied by, as a part of an expression.</summary>
    public static string RateFactor(TrainerProgram trainer) =>
        trainer.NonFinite is NonFiniteRule.RollBack ? " * LearningRateScale" : "";

    /// <summary>The end of an update on several batches, whose losses are <c>sum</c>.</summary>
    public static void WriteWindowEnd(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is null)
        {
            code.Line("ApplyGradients();");
            code.Line("_losses.Dispose();");
            code.Line("return _losses = sum;");
            return;
        }

        code.Line("// First, because an update that is refused names its losses.");
        code.Line("_losses.Dispose();");
        code.Line("_losses = sum;");
        code.Line("ApplyGradients();");
        code.Line("return _losses;");
    }

    /// <summary>In <c>Fit</c>, before the first step.</summary>
    public static void WriteFitStart(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.NonFinite is { } rule) code.Line($"run.Tells({Field(rule)});");
    }

    /// <summary>The first part of what a checkpoint holds, as a local <c>state</c>.</summary>
    /// <param name="write">Writes what an update changes.</param>
    public static void WriteState(CodeWriter code, TrainerProgram trainer, Action<CodeWriter, TrainerProgram> write)
    {
        if (trainer.NonFinite is NonFiniteRule.RollBack) code.Line("var state = RunState();");
        else write(code, trainer);
        if (trainer.NonFinite is { } rule) code.Line($"{Field(rule)}.AddTo(state);");
    }

    /// <summary>The method that gives what a return puts back.</summary>
    /// <param name="write">Writes it as a local <c>state</c>.</param>
    public static void WriteRunState(CodeWriter code, TrainerProgram trainer, Action<CodeWriter, TrainerProgram> write)
    {
        if (trainer.NonFinite is not NonFiniteRule.RollBack) return;
        code.Line();
        code.Line("// What an update changes. The best weights stay the best that were found, whatever happens later.");
        using (code.Block("private Dictionary<string, Tensor> RunState()"))
        {
            write(code, trainer);
            code.Line("return state;");
        }
    }

    private static string Type(NonFiniteRule rule) => rule is NonFiniteRule.Skip ? "StepSkips" : "StepRollBacks";

    private static string Field(NonFiniteRule rule) => rule is NonFiniteRule.Skip ? "_skips" : "_rollBacks";
}
