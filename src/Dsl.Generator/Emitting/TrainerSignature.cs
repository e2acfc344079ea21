using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What a step takes and gives: <c>Batch</c>, <c>Draws</c>, <c>Losses</c>.</summary>
internal static class TrainerSignature
{
    private const string Draws = "Draws";

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary("The data of one step.");
        foreach (var field in trainer.Fields) code.Line($"/// <param name=\"{field.Name}\">{field.Summary}.</param>");
        WriteRecord(code, "Batch", trainer.Fields.Select(field => field.Name).ToList());
        code.Line();
        code.Summary("Every random number that a step uses.");
        foreach (var draw in trainer.Draws) code.Line($"/// <param name=\"{draw.Name}\">{draw.Summary}.</param>");
        WriteRecord(code, Draws, trainer.Draws.Select(draw => draw.Name).ToList());
        if (trainer.TakesParts) AccumulationEmitter.WriteCounts(code, trainer);
        WriteLosses(code, trainer);
    }

    private static void WriteRecord(CodeWriter code, string name, IReadOnlyList<string> members)
    {
        using (code.Block(
            $"public sealed record {name}({string.Join(", ", members.Select(member => $"Tensor {member}"))}) : IDisposable"))
        {
            if (name == Draws && members.Count == 0)
            {
                code.Line($"internal static readonly {Draws} None = new();");
                code.Line();
            }

            code.Line("/// <inheritdoc/>");
            code.Line($"public void Dispose() => Free({string.Join(", ", members)});");
        }
    }

    private static void WriteLosses(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary(
            "The losses of a step, without dimensions and without their weights. They belong to the trainer and live until "
            + "its next step.");
        var texts = new Dictionary<string, string>();
        foreach (var phase in trainer.PhasesAsReported)
        {
            string whose = trainer.HasSeveralPhases ? $" by the {Casing.Variable(phase.Name)}" : "",
            when = phase.Every is null ? "" : "; null in a step without its update";
            string total = trainer.ResultsOf(phase).First().Member;
            texts[total] = $"The weighted sum that is minimised{whose}{when}.";
            foreach (var term in phase.Terms) texts[term.Name] = $"{term.Notation.Replace("<", "&lt;")}.";
        }

        foreach (var report in trainer.Reports) texts[report.Member] = report.Summary;
        foreach (var text in texts) code.Line($"/// <param name=\"{text.Key}\">{text.Value}</param>");
        var results = trainer.PhasesAsReported.SelectMany(phase =>
                trainer.ResultsOf(phase).Select(result => (Type: phase.Every is null ? "Tensor" : "Tensor?", result.Member)))
            .ToList();
        string members = string.Join(", ", results.Select(result => $"{result.Type} {result.Member}"));
        using (code.Block($"public readonly record struct Losses({members})"))
        {
            foreach (var (_, member) in results) code.Line($"private readonly StepResult {Field(member)} = new({member});");
            code.Line();
            foreach (var (type, member) in results)
            {
                code.Summary(texts[member]);
                string value = $"{Field(member)}.Value" + (type == "Tensor" ? "!" : "");
                code.Line($"public {type} {member} => {value};");
            }

            code.Line();
            using (code.Block("internal void Dispose()"))
                code.Statements(results.Select(result => $"{Field(result.Member)}.Free();"));
            if (trainer.HasRanks) RankEmitter.WriteSum(code, results.Select(result => Field(result.Member)));
            if (trainer.Accumulates) AccumulationEmitter.WriteSum(code, trainer);
        }
    }

    private static string Field(string member) => "_" + Casing.Variable(member);
}
