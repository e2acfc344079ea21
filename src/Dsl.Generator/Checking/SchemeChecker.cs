using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schemes;

namespace Dsl.Generator.Checking;

/// <summary>Which schemes go together, and with what else: all rules in one place.</summary>
internal static class SchemeChecker
{
    public static void CheckTogether(
        TrainerDeclaration declaration, IReadOnlyList<Bound<SchemeAttribute>> schemes, IReadOnlyList<Bound<MixingAttribute>> mixings,
        IReadOnlyList<Bound<ObjectiveAttribute>> objectives, IReadOnlyList<Bound<RecipeAttribute>> recipe, Findings findings)
    {
        for (int i = 0; i < schemes.Count; i++)
        {
            foreach (var earlier in schemes.Take(i))
            {
                if (Obstacle(earlier, schemes[i]) is not { } reason) continue;
                findings.Add(Catalogue.SeveralSchemes, schemes[i].Site, earlier.Site, earlier.Name, schemes[i].Name, reason)
                    .Offer(schemes[i].Remove(), earlier.Remove());
            }

            var scheme = Scheme.Of(schemes[i].Attribute);
            foreach (var mixing in mixings.Where(_ => scheme.TakesObjectivePass))
            {
                findings.Add(Catalogue.SeveralSchemes, schemes[i].Site, mixing.Site, mixing.Name, schemes[i].Name,
                    "both say what the network sees in place of the labelled batch: keep one")
                        .Offer(schemes[i].Remove(), mixing.Remove());
            }

            if (scheme.StandsAlone) CheckAlone(schemes[i], declaration, objectives, recipe, findings);
            if (scheme.Replaces is { } replaced) CheckReplaced(schemes[i], replaced, objectives, findings);
            foreach (var part in recipe.Where(part =>
                RecipePart.Of(part.Attribute).Accumulates && scheme.LeavesLabelsOut(schemes[i].Attribute)))
            {
                findings.Add(Catalogue.SeveralSchemes, part.Site, schemes[i].Site, schemes[i].Name, part.Name,
                    "how many labels a window keeps is known only when all its batches were seen: take larger batches, or leave "
                    + "no labels out")
                    .Offer(part.Remove());
            }
        }
    }

    /// <summary>Each scheme against what the network takes and returns.</summary>
    public static void CheckNetwork(
        TrainerDeclaration declaration, NetworkProgram network, IReadOnlyList<Bound<SchemeAttribute>> schemes, Findings findings)
    {
        foreach (var declared in schemes.Where(_ => network.IsSingle))
        {
            var scheme = Scheme.Of(declared.Attribute);
            Shape output = network.Results[0].Value.Shape;
            Site model = declaration.Model!.Model.Site;
            if (scheme.NeedsClasses && network.KnowsResults && output.Rank != 2)
            {
                findings.Add(Catalogue.OutputIsNotLogits, declared.Site, model, declared.Name, "[N, K]", declaration.ModelName,
                    output.ToString(),
                    "end the model with [Flatten, Linear(K)]");
            }

            if (scheme.NeedsVectors && network.KnowsResults && (output.Rank != 2 || output[1].Factor < 2))
            {
                findings.Add(Catalogue.SchemeNeeds, declared.Site, model, declared.Name, "a vector for each sample, [N, D]",
                    $"'{declaration.ModelName}' returns {output}", output.Rank == 2
                        ? "of one number nothing but the sign is a direction: return more of them, habitually 128"
                        : "end the model with [Flatten, Linear(128)]");
            }

            if (scheme.NeedsRealInputs && network.Input.Type.Element != ElementType.Float)
            {
                findings.Add(Catalogue.SchemeNeeds, declared.Site, model, declared.Name, "inputs of real numbers",
                    $"'{declaration.ModelName}' takes {network.Input.Shape} integers",
                    "use a scheme that does not move its inputs, such as [PseudoLabel]");
            }

            var byBatch = network.Layers.FirstOrDefault(layer => layer.Nodes.Any(node => node.Operation is BatchNormalization));
            if (scheme.TellsSamplesApart && byBatch is not null)
            {
                findings.Add(
                    Catalogue.BatchTellsSamples, declared.Site, model, declared.Name, byBatch.Description, declaration.ModelName);
            }

            foreach (var type in declared.Declaration.Types.Where(type => type.Policy is not null))
            {
                if (network.Input.Shape.Rank == 4)
                    PolicyUse.Check(
                        type.Policy!, declared.Site, declaration.ModelName, network.Input.Shape, null, findings);
                else
                    findings.Add(Catalogue.AugmentNeedsImages, declared.Site, model, declared.Name, declaration.ModelName,
                        network.Input.Shape.ToString());
            }
        }
    }

    /// <summary>Why two schemes exclude each other; null where they add up.</summary>
    private static string? Obstacle(Bound<SchemeAttribute> first, Bound<SchemeAttribute> second)
    {
        var (a, b) = (Scheme.Of(first.Attribute), Scheme.Of(second.Attribute));
        if (a == b) return "it is declared twice: keep one";
        return a.TakesObjectivePass && b.TakesObjectivePass
            ? "both say what the network sees in place of the labelled batch: keep one" : null;
    }

    /// <summary>A scheme that says what is minimised leaves nothing to objectives, and no labels to evaluate with.</summary>
    private static void CheckAlone(
        Bound<SchemeAttribute> scheme, TrainerDeclaration declaration, IReadOnlyList<Bound<ObjectiveAttribute>> objectives,
        IReadOnlyList<Bound<RecipeAttribute>> recipe, Findings findings)
    {
        foreach (var objective in objectives)
        {
            Exclude(objective.Site, objective.Name, "the network's output is no prediction: train another network on its features")
                .Offer(objective.Remove(), scheme.Remove());
        }

        foreach (var part in recipe.Where(part => RecipePart.Of(part.Attribute).NeedsEvaluation))
            Exclude(part.Site, part.Name, "without labels nothing is evaluated").Offer(part.Remove());
        if (declaration.Augment is { } augment)
            Exclude(augment.Site, $"Augment<{augment.Name}>", $"the views of [{scheme.Name}] are what its type arguments say");

        Findings Exclude(Site site, string name, string reason) =>
            findings.Add(Catalogue.SeveralSchemes, site, scheme.Site, scheme.Name, name, reason);
    }

    private static void CheckReplaced(
        Bound<SchemeAttribute> scheme, Type replaced, IReadOnlyList<Bound<ObjectiveAttribute>> objectives, Findings findings)
    {
        string name = AttributeBinder.ShortName(replaced.Name);
        var labeled = objectives.Where(objective => Objective.Of(objective.Attribute).IsLabeled).ToList();
        string? what = labeled.Count != 1 ? $"there are {labeled.Count}"
            : labeled[0].Attribute.GetType() != replaced ? $"there is [{labeled[0].Name}]"
            : labeled[0].Declaration.Arguments.FirstOrDefault(argument =>
                argument.Name != nameof(ObjectiveAttribute.Weight)) is { } argument
                ? $"it says {argument.Name}, which mixed targets leave no place for"
            : null;
        if (what is not null && labeled.Count > 0)
        {
            findings.Add(Catalogue.SchemeNeeds, scheme.Site, labeled[0].Site, scheme.Name,
                $"one plain [{name}], whose place it takes", what, $"write [{name}] alone");
        }
    }
}
