using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using Dsl.Generator.Recipes;

namespace Dsl.Generator.Checking;

/// <summary>Checks objectives that have a data set for themselves.</summary>
internal static class DataSetChecker
{
    // Arguments and variables of the training loop.
    private static readonly HashSet<string> Taken = new(
    [
        "batch", "checkpointPath", "clean", "data", "end", "environment", "epochs", "guard", "indices", "losses", "position",
        "probe", "progress", "run", "sampler", "start", "states", "targets", "validation", "window", "views", "features",
    ], StringComparer.OrdinalIgnoreCase);

    public static void Check(
        TrainerDeclaration declaration, NetworkProgram network, List<Bound<TermAttribute>> objectives,
        List<Bound<SchemeAttribute>> schemes, List<Bound<MixingAttribute>> mixings, List<Bound<RecipeAttribute>> recipe,
        Findings findings)
    {
        var own = objectives.Where(objective => objective.Attribute.Data is not null).ToList();
        if (own.Count == 0) return;
        foreach (var objective in own) Check(network, objective, findings);
        foreach (var alike in own.GroupBy(objective => objective.Attribute.Data!, StringComparer.OrdinalIgnoreCase))
        {
            var other = alike.FirstOrDefault(objective => objective.Attribute.Data != alike.First().Attribute.Data);
            if (other is not null)
                Fail(other, $"\"{alike.First().Attribute.Data}\" differs in capitals alone", findings);
        }

        if (findings.Any) return;
        var first = own[0];
        if (!objectives.Any(objective => objective.Attribute.Data is null && Objective.Of(objective).IsLabeled))
        {
            Fail(first, "no objective reads the trainer's own data, whose passes are the epochs: leave Data out of one",
                findings);
        }

        string? obstacle = network.Inputs.Count > 1 ? $"'{declaration.ModelName}' has further inputs"
            : network.Dataset is not null ? $"'{declaration.ModelName}' takes the rows of a table or a folder"
            : network.CarriesStates ? $"'{declaration.ModelName}' carries states from batch to batch"
            : schemes.Count > 0 ? $"[{schemes[0].Name}] makes a step of the data"
            : mixings.Count > 0 ? $"[{mixings[0].Name}] mixes the data's samples"
            : recipe.FirstOrDefault(part => !Stands(RecipePart.Of(part.Attribute))) is { } part
                ? $"[{part.Name}] is about the batches of one data set"
            : null;
        if (obstacle is not null) Fail(first, obstacle, findings);
    }

    private static bool Stands(RecipePart part) => !part.TakesParts && !part.ChangesSamples && !part.HasOneStream;

    private static void Check(NetworkProgram network, Bound<TermAttribute> objective, Findings findings)
    {
        var (attribute, meaning) = (objective.Attribute, Objective.Of(objective));
        string data = attribute.Data!, argument = nameof(attribute.Data);
        if (!Identifier.IsValid(data))
            findings.Add(Catalogue.NotAnIdentifier, objective.SiteOf(argument), data, Identifier.Remedy(data));
        else if (Identifier.IsReserved(data) || Taken.Contains(data))
            Fail(objective, "generated code has another use for the name", findings);
        else if (meaning.Labels is not (LabelKind.Class or LabelKind.Binary or LabelKind.Real or LabelKind.Distribution))
            Fail(objective, "it reads no labels that predictions of single samples are held against", findings);
        else if (objective.Declaration.Method is not null)
            Fail(objective, "a method of the trainer reads its data alone", findings);
        else if (!meaning.ReadsLabelsAlone(attribute))
            Fail(objective, "it reads more than predictions and labels: random numbers, or counts of the data", findings);
        else if (attribute.Of is { } of && network.Results.All(result => result.Name != of))
            Fail(objective, $"\"{of}\" is a tagged value, of the trainer's data alone: make it an output", findings);
    }

    private static void Fail(Bound<TermAttribute> objective, string problem, Findings findings)
    {
        string argument = nameof(objective.Attribute.Data);
        findings.Add(Catalogue.NoDataSetOfItsOwn, objective.SiteOf(argument), objective.Name, objective.Attribute.Data!, problem)
            .Offer(objective.Remove(argument));
    }
}
