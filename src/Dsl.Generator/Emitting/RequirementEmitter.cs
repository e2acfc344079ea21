using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What a step asks of its batch and its draws before it changes anything.</summary>
internal static class RequirementEmitter
{
    /// <summary>The call that holds a batch against the declaration, as a statement.</summary>
    public const string Call = "Require(batch);";

    /// <summary>Statements that hold a batch and its draws against the declaration and each other.</summary>
    public static void WriteCalls(CodeWriter code, TrainerProgram trainer)
    {
        code.Line(Call);
        if (trainer.Draws.Count > 0) code.Line("ArgumentNullException.ThrowIfNull(draws);");
        foreach (var draw in trainer.Draws)
        {
            string rows = draw.Rows is { } dim ? ", " + dim.Code(symbol => Size(trainer, symbol)) : "";
            code.Line($"DrawSampler.Require(nameof(draws.{draw.Name}), draws.{draw.Name}{rows});");
        }
    }

    /// <summary>The method behind <see cref="Call"/>.</summary>
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Line("// Before anything has changed: a batch that is refused leaves the trainer as it was.");
        using (code.Block("private void Require(Batch batch)"))
        {
            code.Line("ArgumentNullException.ThrowIfNull(batch);");
            if (trainer.Network.Dataset is ImageFolderProgram { Standardizes: true })
                code.Line($"{trainer.Model.Field}.Preprocessing.RequireFitted();");
            foreach (var field in trainer.Fields)
            {
                if (field.Requirement is not null) code.Line(field.Requirement);
                if (Requirement(trainer, field) is { } requirement) code.Line(requirement);
                if (MustBeFinite(trainer, field))
                    code.Line($"ModelInput.RequireFinite(nameof(batch.{field.Name}), batch.{field.Name});");
                if (Relation(trainer, field) is { } relation) code.Line(relation);
            }
        }
    }

    /// <summary>A statement that keeps autograd out of what a batch was computed from; nothing where it holds no real
    /// numbers.</summary>
    public static void WriteDetachment(CodeWriter code, TrainerProgram trainer)
    {
        var real = trainer.Fields.Where(IsReal).ToList();
        if (real.Count == 0) return;
        code.Line();
        code.Line("// A batch is data: no gradient goes on into what it was computed from.");
        string parts = string.Join(", ", real.Select(field => $"{field.Name} = batch.{field.Name}.detach()"));
        code.Line($"batch = batch with {{ {parts} }};");
        code.Line();
    }

    /// <summary>A statement that holds an argument of a method against what it is.</summary>
    /// <param name="samples">How many samples it is of, in C#.</param>
    public static string Of(TrainerProgram trainer, Field field, string given, string samples) =>
        Requirement(trainer, field, given, samples)!;

    private static string? Requirement(TrainerProgram trainer, Field field) =>
        Requirement(trainer, field, $"batch.{field.Name}",
            Size(trainer, field.IsLabel && field.Type.Shape[0].Symbol is { } rows ? rows : field.Stream.Symbol));

    // The input that it is about stands before it.
    private static string? Relation(TrainerProgram trainer, Field field)
    {
        if (field is not { Port: { Relation: { } relation } port }) return null;
        var other = trainer.Fields.FirstOrDefault(known => known.Port?.Name == relation.Of && known.Reader == field.Reader);
        return other is null ? null : NetworkSignature.RelationRequirement(
            port, (field.Reader ?? trainer.Model).Field, $"batch.{field.Name}", $"batch.{other.Name}");
    }

    private static string? Requirement(TrainerProgram trainer, Field field, string given, string samples)
    {
        string name = $"nameof({trainer.Declaration.Type.Name})";
        string sizes = string.Concat(
            field.Type.Shape.Dims.Skip(1).Select(dim => $", {(dim.IsKnown ? dim.ToString() : "ModelInput.Any")}"));
        return field switch
        {
            { IsInParts: true } => $"ModelInput.RequireSamples({name}, nameof({given}), {given}, "
                + (IsReal(field) ? $"{trainer.Model.Arena}.Values.dtype" : "ScalarType.Int64") + $"{sizes});",
            { Port: { } port } => NetworkSignature.BatchRequirement(
                (field.Reader ?? trainer.Model).Network!, port, (field.Reader ?? trainer.Model).Field, given),
            { Classes: > 0, Type.Element: ElementType.Float } =>
                $"BoxLabels.Require({name}, {given}, {field.Classes}, {samples});",
            { Classes: > 0 } => $"ClassLabels.Require{(field.IsComplete ? "All" : "")}"
                + $"({name}, {given}, {field.Classes}, {samples}{sizes});",
            { IsLabel: true, Type.Element: ElementType.Int64 } => $"ClassLabels.RequireIdentities({name}, {given}, {samples});",
            _ => IsReal(field) ? $"Targets.Require({name}, nameof({given}), {given}, {samples}{sizes});" : null,
        };
    }

    private static bool IsReal(Field field) => field.Type.Element != ElementType.Int64;

    // A teacher may rule a class out by minus infinity; and where the declaration says what happens at a step that is not
    // finite, its numbers are not refused.
    private static bool MustBeFinite(TrainerProgram trainer, Field field) =>
        IsReal(field) && trainer.NonFinite is null
        && (field.Port is not null || field.IsInParts || field.IsLabel || field.Stream.Source is not null);

    /// <summary>How large a symbol is in a batch, in C#: that of a stream's samples, or of what an input counts.</summary>
    public static string Size(TrainerProgram trainer, string symbol)
    {
        if (trainer.Fields.FirstOrDefault(field => field.Stream.Symbol == symbol) is { } sample)
            return $"batch.{sample.Name}.size(0)";
        var counting = trainer.Fields.First(field => !field.IsLabel && field.Type.Shape.Dims.Contains(Dim.Batch(symbol)));
        int dimension = counting.Type.Shape.Dims.ToList().IndexOf(Dim.Batch(symbol));
        return $"batch.{counting.Name}.size({dimension})";
    }
}
