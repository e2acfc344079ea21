using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schemes;

namespace Dsl.Generator.Checking;

/// <summary>Checks the objectives of a trainer: together, and against the model.</summary>
internal static class ObjectiveChecker
{
    /// <summary>Objectives and schemes that need each other, or exclude each other.</summary>
    /// <param name="missing">Takes what says that an objective is missing.</param>
    public static void CheckTogether(
        TrainerDeclaration declaration, List<Bound<TermAttribute>> objectives, List<Bound<SchemeAttribute>> schemes,
        Findings findings, Findings missing)
    {
        var needy = schemes.FirstOrDefault(scheme => Scheme.Of(scheme.Attribute).NeedsLabeledObjective);
        if (objectives.Count == 0 && needy is null && !schemes.Any(scheme => Scheme.Of(scheme.Attribute).StandsAlone))
            missing.Add(Catalogue.NoObjective, declaration.Type.Site, declaration.Type.Name)
                .Offer(Fix.Add("CrossEntropy", declaration.Trainer.Site));
        bool isAlone = schemes.Any(scheme => Scheme.Of(scheme.Attribute) is { StandsAlone: true, NeedsLabeledObjective: false });
        if (needy is not null && !isAlone && !objectives.Any(objective => Objective.Of(objective).IsLabeled))
            missing.Add(Catalogue.NoLabeledObjective, needy.Site, needy.Name).Offer(Fix.Insert("CrossEntropy", needy.Site));
        var taking = objectives.FirstOrDefault(objective => Objective.Of(objective).TakesTeacher);
        foreach (var second in objectives.Where(objective => taking is not null && Objective.Of(objective).TakesTeacher
            && Objective.Of(objective).LearnsFromItself != Objective.Of(taking).LearnsFromItself))
        {
            findings.Add(Catalogue.TwoTeachers, second.Site, taking!.Site, $"[{taking.Name}]", $"[{second.Name}]")
                .Offer(second.Remove(), taking.Remove());
        }

        foreach (var alone in objectives.Where(objective => Objective.Of(objective).IsRegularizer && objectives.All(other =>
            Objective.Of(other).IsRegularizer)))
        {
            findings.Add(Catalogue.RegularizerAlone, alone.Site, alone.Name).Offer(Fix.Insert("CrossEntropy", alone.Site));
        }

        if (objectives.Count > 0 && schemes.Count == 0 && objectives.All(objective => objective.Attribute.Weight == 0))
            {
            findings.Add(Catalogue.ZeroWeights, objectives[0].SiteOf(nameof(TermAttribute.Weight)), declaration.Type.Name)
                .Offer(objectives[0].Set(nameof(TermAttribute.Weight), 1));
        }
    }

    /// <summary>Each objective against what it reads of the network, and their labels against each other.</summary>
    public static void CheckResults(
        TrainerDeclaration declaration, NetworkProgram network, List<Bound<TermAttribute>> objectives,
        List<Bound<RecipeAttribute>> recipe, Findings findings)
    {
        string? parts = recipe.FirstOrDefault(part => RecipePart.Of(part.Attribute).TakesParts)?.Name;
        Site model = declaration.Model!.Model.Site;
        foreach (var objective in objectives) CheckResult(declaration, network, objective, findings);
        foreach (var twice in objectives.GroupBy(objective => (objective.Name, objective.Attribute.Of, objective.Attribute.Data))
            .SelectMany(group => group.Skip(1)))
            findings.Add(Catalogue.ObjectiveTwice, twice.Site, twice.Name).Offer(twice.Remove());
        if (findings.Any) return;
        foreach (var objective in objectives)
        {
            var result = new ResultCheck(
                objective, Read(network, objective), network, declaration.Model!, Read, parts, findings);
            Objective.Of(objective).Check(objective, result);
            CheckPadding(network, objective, parts is not null, findings);
            if (!network.IsOpaque) PracticeChecker.Check(objectives, objective, result);
        }

        if (findings.Any) return;
        var labelled = objectives.Where(objective => Objective.Of(objective).IsLabeled).ToList();
        foreach (var alike in labelled.GroupBy(objective => objective.Attribute.Data))
        {
            CheckLabels(network, alike.ToList(), findings);
            if (findings.Any) return;
        }

        if (declaration.Augment is not { Policy: { } policy } augment) return;
        if (network.Input.Shape.Rank != 4)
        {
            findings.Add(Catalogue.AugmentNeedsImages, augment.Site, model,
                $"Augment<{augment.Name}>", declaration.ModelName, network.Input.Shape.ToString());
            return;
        }

        var positions = labelled.FirstOrDefault(objective =>
            Read(network, objective).Shape.Rank > 2 || KindOf(objective) == LabelKind.Objects);
        PolicyUse.Check(policy, augment.Site, declaration.ModelName, network.Input.Shape, positions, findings);
    }

    /// <summary>Objectives of the same data read the same labels.</summary>
    private static void CheckLabels(NetworkProgram network, List<Bound<TermAttribute>> labelled, Findings findings)
    {
        foreach (var other in labelled.Skip(1).Where(other => !KindOf(other).Fits(KindOf(labelled[0]))))
        {
            findings.Add(Catalogue.LabelKindsDiffer, other.Site, labelled[0].Site,
                labelled[0].Name, KindOf(labelled[0]).Words(), other.Name, KindOf(other).Words());
        }

        if (findings.Any) return;
        foreach (var other in labelled.Skip(1).Where(other => LabelShape(network, other) != LabelShape(network, labelled[0])))
        {
            findings.Add(Catalogue.LabelsDiffer, other.Site, labelled[0].Site,
                labelled[0].Name, LabelShape(network, labelled[0]).ToString(), other.Name, LabelShape(network, other).ToString());
        }
    }

    /// <summary>Methods that an evaluation is to call.</summary>
    public static void CheckMetrics(List<Bound<MetricAttribute>> metrics, Findings findings)
    {
        foreach (var method in metrics.Select(metric => metric.Declaration.Method!))
        {
            string? problem = method.Problem
                ?? (method.Returns == Returned.Other ? "it returns neither a double nor a Tensor"
                    : method.Parameters.Count != 2 ? "it does not take predictions and labels" : null);
            if (problem is not null) findings.Add(Catalogue.MetricForm, method.Site, method.Name, problem);
        }
    }

    /// <summary>What schemes and the recipe ask of labels.</summary>
    public static void CheckMetric(
        List<Bound<TermAttribute>> objectives, List<Bound<SchemeAttribute>> schemes, List<Bound<RecipeAttribute>> recipe,
        Findings findings)
    {
        var kind = objectives.Where(objective => objective.Attribute.Data is null).Select(KindOf)
            .Concat(schemes.Select(scheme => Scheme.Of(scheme.Attribute).Labels))
            .FirstOrDefault(kind => kind != LabelKind.None);
        foreach (var scheme in schemes) Scheme.Of(scheme.Attribute).CheckLabels(scheme, kind, findings);
        foreach (var part in recipe) RecipePart.Of(part.Attribute).CheckLabels(part, kind, findings);
    }

    private static void CheckResult(
        TrainerDeclaration declaration, NetworkProgram network, Bound<TermAttribute> objective, Findings findings)
    {
        string? of = objective.Attribute.Of;
        var names = network.Results.Where(_ => network.Outputs.Count > 0).Concat(network.Features).Select(port => port.Name)
            .ToList();
        string known = string.Join(", ", names.Select(name => $"\"{name}\""));
        if (of is null && network.Results.Count > 1)
        {
            findings.Add(Catalogue.SeveralOutputs, objective.Site, declaration.Model!.Model.Site, objective.Name,
                declaration.ModelName, known)
                .Offer([.. network.Results.Select(result =>
                    objective.Set(nameof(TermAttribute.Of), BoundFixes.Quoted(result.Name)))]);
        }
        else if (of is not null && network.FindResult(of) is null)
        {
            findings.Add(Catalogue.UnknownResult, objective.SiteOf(nameof(TermAttribute.Of)), declaration.Model!.Model.Site,
                of, declaration.ModelName, known.Length == 0 ? "" : $", but {known}{NearName.Question(of, names)}")
                .Offer(objective.Correct(nameof(TermAttribute.Of), of, names));
        }
        else if (!ComparesRows(objective))
        {
            if (!objective.Attribute.PerPosition) return;
            findings.Add(Catalogue.NoPositions, objective.SiteOf(nameof(TermAttribute.PerPosition)), objective.Name)
                .Offer(objective.Remove(nameof(TermAttribute.PerPosition)));
        }
        else if (Read(network, objective).Shape is var shape && shape[StepContext.ClassDimension(shape)] == 1L
            && (objective.Attribute.PerPosition || shape.Rank == 2))
        {
            findings.Add(Catalogue.OneClass, objective.Site, declaration.Model!.Model.Site, objective.Name,
                declaration.ModelName, shape.ToString(),
                "return one logit for each class, or use [BinaryCrossEntropy] for a yes or no");
        }
        else if (!(objective.Attribute.PerPosition ? shape.Rank is 3 or 4 : shape.Rank == 2))
        {
            findings.Add(Catalogue.OutputIsNotLogits, objective.Site, declaration.Model!.Model.Site, objective.Name,
                    objective.Attribute.PerPosition ? "[N, T, K] or [N, K, H, W]" : "[N, K]", declaration.ModelName,
                    shape.ToString(),
                    Remedy(objective.Attribute, shape))
                .Offer(EndFixes.Rows(declaration.Model!, network, objective, Read));
        }
    }

    /// <summary>What is read of sequences that end early must count their own places alone.</summary>
    private static void CheckPadding(
        NetworkProgram network, Bound<TermAttribute> objective, bool accumulates, Findings findings)
    {
        Value result = Read(network, objective);
        if (!network.Ends.TryGetValue(result, out var ends) || ends is null) return;
        var kind = KindOf(objective);
        string? problem = network.LengthsOf(result) is null
                ? "a place was put before them, for which there is no label: end with [Place(0)], or with an output of the "
                    + "sequence as it came in"
            : kind is not (LabelKind.Class or LabelKind.Real) || Objective.Of(objective).TakesTeacher
                ? "it would count padding: reduce each sequence first, to one of its places or to a mean"
            : ends.Dimension != 1 ? "their places must stand in dimension 1, as those of labels do"
            : kind == LabelKind.Class && result.Shape.Rank < 3 ? "their places are taken for classes: end with [Linear(K)]"
            : accumulates ? "an update on several batches counts labels before it knows which are padding: let it have one"
            : null;
        if (problem is not null)
            findings.Add(Catalogue.ObjectiveOfPadding, objective.Site, objective.Name, result.Shape.ToString(), problem);
    }

    private static string Remedy(TermAttribute objective, Shape shape) =>
        objective.PerPosition ? "remove PerPosition, or keep the positions"
        : shape.Rank is 3 or 4
        ? "end the model with [Flatten, Linear(K)], or say PerPosition = true where each position has a label"
        : "end the model with [Flatten, Linear(K)]";

    private static NetworkProgram? Read(ModelDeclaration model) => ModelChecker.Check(model, new Findings());

    /// <summary>What an objective reads of a network.</summary>
    private static Value Read(NetworkProgram network, Bound<TermAttribute> objective) =>
        objective.Attribute.Of is { } name ? network.FindResult(name)!.Value : network.Results[0].Value;

    private static Shape LabelShape(NetworkProgram network, Bound<TermAttribute> objective)
    {
        Shape shape = Read(network, objective).Shape;
        return KindOf(objective) == LabelKind.Objects ? Shape.Of(Dim.Batch("N"), Dim.Batch("M"), 5)
            : KindOf(objective) is LabelKind.Class or LabelKind.Identity ? shape.Without(StepContext.ClassDimension(shape))
            : shape;
    }

    private static LabelKind KindOf(Bound<TermAttribute> objective) => Objective.Of(objective).Labels;

    /// <summary>Whether the objective compares classes, and not element with element.</summary>
    private static bool ComparesRows(Bound<TermAttribute> objective) =>
        Objective.Of(objective).Reads != Prediction.Values
            && KindOf(objective) is LabelKind.None or LabelKind.Class or LabelKind.Distribution;
}
