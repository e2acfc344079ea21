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
        IReadOnlyList<Bound<SchemeAttribute>> schemes, IReadOnlyList<Bound<MixingAttribute>> mixings,
        IReadOnlyList<Bound<TermAttribute>> objectives, IReadOnlyList<Bound<RecipeAttribute>> recipe, Findings findings)
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
            if (scheme.IsPart && !schemes.Any(other => Scheme.Of(other.Attribute).ReadsEmbeddings))
            {
                findings.Add(Catalogue.SchemeNeeds, schemes[i].Site, schemes[i].Name, "a scheme that compares embeddings",
                    "the trainer has none", "put it beside one, or remove it")
                    .Offer(schemes[i].Remove());
            }

            foreach (var mixing in mixings.Where(_ => scheme.TakesObjectivePass))
            {
                findings.Add(Catalogue.SeveralSchemes, schemes[i].Site, mixing.Site, mixing.Name, schemes[i].Name,
                    "both say what the network sees in place of the labelled batch: keep one")
                        .Offer(schemes[i].Remove(), mixing.Remove());
            }

            foreach (var objective in objectives.Where(objective =>
                scheme.ChangesSamples && Objective.Of(objective).Request(objective.Attribute) is { IsCached: true }))
            {
                findings.Add(Catalogue.CachedAugmented, objective.Site, schemes[i].Site, $"[{schemes[i].Name}]");
            }

            foreach (var part in recipe.Where(_ => !scheme.StandsAlone))
            {
                var own = RecipePart.Of(part.Attribute);
                string? reason = own.TakesParts && scheme.TakesOneBatchWith(schemes[i].Attribute)
                    ? $"a step of the scheme is of one batch: {own.InOnePass}"
                    : own.LooksAfterOneDescent && scheme.Learners.Count > 0
                    ? "it looks after a step of one descent: bound the gradients of each" : null;
                if (reason is null) continue;
                findings.Add(Catalogue.SeveralSchemes, part.Site, schemes[i].Site, schemes[i].Name, part.Name, reason)
                    .Offer(part.Remove());
            }

            if (scheme.Replaces is { } replaced) CheckReplaced(schemes[i], replaced, objectives, findings);
            foreach (var part in recipe.Where(part =>
                RecipePart.Of(part.Attribute).TakesParts && scheme.LeavesLabelsOut(schemes[i].Attribute)))
            {
                findings.Add(Catalogue.SeveralSchemes, part.Site, schemes[i].Site, schemes[i].Name, part.Name,
                    "how many labels a window keeps is known only when all its batches were seen: "
                    + $"{RecipePart.Of(part.Attribute).InOnePass}, or leave no labels out")
                    .Offer(part.Remove());
            }
        }
    }

    /// <summary>What stands beside a scheme that says everything that is minimised.</summary>
    public static void CheckAlone(
        TrainerDeclaration declaration, IReadOnlyList<Bound<SchemeAttribute>> schemes,
        IReadOnlyList<Bound<MixingAttribute>> mixings, IReadOnlyList<Bound<TermAttribute>> objectives,
        IReadOnlyList<Bound<RecipeAttribute>> recipe, Findings findings)
    {
        foreach (var alone in schemes.Where(scheme => Scheme.Of(scheme.Attribute).StandsAlone))
        {
            const string whole = "the scheme says everything that is minimised, and what each network sees: keep one";
            bool hasObjective = Scheme.Of(alone.Attribute).Replaces is not null;
            foreach (var other in objectives.Where(_ => !hasObjective)) Refuse(other, whole);
            foreach (var other in mixings) Refuse(other, whole);
            foreach (var other in schemes.Where(other => Scheme.Of(other.Attribute) != Scheme.Of(alone.Attribute)
                && !Scheme.Of(other.Attribute).IsPart
                && !(Scheme.Of(other.Attribute).StandsAlone && IsBefore(other, alone)))) Refuse(other, whole);
            foreach (var other in recipe)
            {
                var part = RecipePart.Of(other.Attribute);
                var scheme = Scheme.Of(alone.Attribute);
                bool hasLearners = scheme.Learners.Count > 0;
                string? reason =
                    part.TakesParts && (hasObjective || hasLearners || scheme.TakesOneBatchWith(alone.Attribute))
                        ? $"a step of the scheme is of one batch: {part.InOnePass}"
                    : part.NeedsEvaluation && scheme.Labels == LabelKind.None
                        ? "there is nothing to evaluate on: save checkpoints, and choose among them"
                    : part.ReadsFeatures && scheme.SeesParts
                        ? "the network sees parts of a sample, never a whole one: probe its layers declared for whole ones"
                    : part.ReadsLabels && hasObjective ? "there are no labels of a batch at once"
                    : part.LooksAfterOneDescent && hasLearners
                        ? "it looks after a step of one descent: bound the gradients of each"
                    : part.LooksAfterOneDescent && scheme.Acts
                        ? "what was done in an environment is not taken back: bound the gradient"
                    : null;
                if (reason is not null) Refuse(other, reason);
            }

            if (declaration.Augment is { } augment)
            {
                findings.Add(Catalogue.SeveralSchemes, augment.Site, alone.Site, alone.Name, $"Augment<{augment.Name}>",
                    "the scheme says what each network sees: let the data source augment")
                    .Offer(Fix.Remove(augment.Site, "Augment"));
            }

            bool IsBefore(Bound<SchemeAttribute> first, Bound<SchemeAttribute> second) =>
                schemes.TakeWhile(scheme => scheme != second).Contains(first);

            void Refuse<T>(Bound<T> other, string reason)
                where T : System.Attribute =>
                findings.Add(Catalogue.SeveralSchemes, other.Site, alone.Site, alone.Name, other.Name, reason)
                    .Offer(other.Remove());
        }
    }

    /// <summary>Each scheme against what the network takes and returns.</summary>
    /// <param name="embedder">The network whose outputs are compared: a head, or the trained one.</param>
    public static void CheckNetwork(
        TrainerDeclaration declaration, NetworkProgram network, LearnedNetwork embedder,
        IReadOnlyList<Bound<SchemeAttribute>> schemes, Findings findings)
    {
        foreach (var declared in schemes.Where(scheme => Scheme.Of(scheme.Attribute).Fits(scheme.Attribute, network)))
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

            if (scheme.NeedsVectors && embedder.Network is { KnowsResults: true, IsSingle: true }
                && embedder.Network.Results[0].Value.Shape is var vectors && (vectors.Rank != 2 || vectors[1].Factor < 2))
            {
                findings.Add(
                    Catalogue.SchemeNeeds, declared.Site, embedder.Site, declared.Name, "a vector for each sample, [N, D]",
                    $"'{embedder.Name}' returns {vectors}", vectors.Rank == 2
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

            if (scheme.ReadsTag(declared.Attribute) is { } tag && network.Features.All(feature => feature.Name != tag))
            {
                var names = network.Features.Select(feature => feature.Name).ToList();
                string known = names.Count == 0 ? ""
                    : $", but {string.Join(", ", names.Select(name => $"\"{name}\""))}{NearName.Question(tag, names)}";
                findings.Add(Catalogue.UnknownResult, declared.SiteOf(nameof(TermAttribute.Of)), model, tag,
                    declaration.ModelName, known).Offer(declared.Correct(nameof(TermAttribute.Of), tag, names));
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

    private static void CheckAnyReplaced(
        Bound<SchemeAttribute> scheme, IReadOnlyList<Bound<TermAttribute>> objectives, Findings findings)
    {
        foreach (var objective in objectives)
        {
            string? what = objectives.Count > 1 ? $"there are {objectives.Count}"
                : !Objective.Of(objective).ReadsLabelsAlone(objective.Attribute)
                    ? $"[{objective.Name}] depends on more than predictions and labels"
                : objective.Attribute.Of is { } of ? $"[{objective.Name}] reads \"{of}\""
                : null;
            if (what is null) continue;
            findings.Add(Catalogue.SchemeNeeds, scheme.Site, objective.Site, scheme.Name,
                "one objective of the network's output and labels", what, "write [MeanSquaredError] or [CrossEntropy] alone");
            return;
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

    private static void CheckReplaced(
        Bound<SchemeAttribute> scheme, Type replaced, IReadOnlyList<Bound<TermAttribute>> objectives, Findings findings)
    {
        string name = AttributeBinder.ShortName(replaced.Name);
        var labeled = objectives.Where(objective => Objective.Of(objective).IsLabeled).ToList();
        if (replaced == typeof(TermAttribute))
        {
            CheckAnyReplaced(scheme, objectives, findings);
            return;
        }

        string? what = labeled.Count != 1 ? $"there are {labeled.Count}"
            : labeled[0].Attribute.GetType() != replaced ? $"there is [{labeled[0].Name}]"
            : labeled[0].Declaration.Arguments.FirstOrDefault(argument =>
                argument.Name != nameof(TermAttribute.Weight)) is { } argument
                ? $"it says {argument.Name}, which mixed targets leave no place for"
            : null;
        if (what is not null && labeled.Count > 0)
        {
            findings.Add(Catalogue.SchemeNeeds, scheme.Site, labeled[0].Site, scheme.Name,
                $"one plain [{name}], whose place it takes", what, $"write [{name}] alone");
        }
    }
}
