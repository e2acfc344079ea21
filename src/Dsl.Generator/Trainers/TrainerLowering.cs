using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Mixings;
using Dsl.Generator.Notation;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schemes;

namespace Dsl.Generator.Trainers;

/// <summary>The attributes of a trainer whose declarations fit each other.</summary>
internal sealed record BoundTrainer(
    TrainerDeclaration Declaration,
    IReadOnlyList<Bound<TermAttribute>> Objectives,
    IReadOnlyList<Bound<SchemeAttribute>> Schemes,
    Bound<MixingAttribute>? Mixing,
    IReadOnlyList<Bound<OptimizerAttribute>> Optimizers,
    ScheduleAttribute Schedule,
    IReadOnlyList<Bound<RecipeAttribute>> Recipe,
    IReadOnlyList<Bound<MetricAttribute>> Metrics,
    IReadOnlyDictionary<string, NetworkProgram> LearnedNetworks);

/// <summary>Declarations to a program, in this order: length, phases with their terms, views, arenas, recipe.</summary>
internal static class TrainerLowering
{
    public static TrainerProgram Lower(
        BoundTrainer bound, NetworkProgram network, TeacherUse? teacher, Backward backward, RunLength length, Findings findings)
    {
        var trainer = new TrainerProgram(bound.Declaration, network) { Length = length };
        trainer.Evaluated = trainer.Model;
        trainer.Labels = bound.Schemes.Select(scheme => Scheme.Of(scheme.Attribute).Labels)
            .FirstOrDefault(kind => kind != LabelKind.None);
        trainer.IsEvaluated = bound.Objectives.Count > 0 || trainer.Labels != LabelKind.None;
        if (teacher is not null) trainer.Players.Add(teacher.Player);
        trainer.Accumulates = bound.Recipe.Any(part => RecipePart.Of(part.Attribute).Accumulates);
        trainer.HasRanks = bound.Recipe.Any(part => RecipePart.Of(part.Attribute).HasRanks);
        trainer.OverlapsSum = bound.Recipe.Any(part => RecipePart.Of(part.Attribute).OverlapsSum(part.Attribute));
        trainer.ShardsOptimizer = bound.Recipe.Any(part => RecipePart.Of(part.Attribute).ShardsOptimizer(part.Attribute));
        foreach (var part in bound.Recipe.Select(part => part.Attribute))
        {
            if (part is EpochsAttribute epochs) Hyperparameters.Add(trainer, epochs, nameof(epochs.Count), "Epochs");
            if (part is StepsAttribute steps) Hyperparameters.Add(trainer, steps, nameof(steps.Count), "Steps");
        }

        var seen = bound.Recipe.Where(part => RecipePart.Of(part.Attribute).ChangesSamples).ToList();
        bool needsAutograd = bound.Schemes.Any(scheme => Scheme.Of(scheme.Attribute).AutogradReason is not null)
            || bound.Recipe.Any(part => RecipePart.Of(part.Attribute).AutogradReason is not null)
            || bound.Objectives.Any(objective => Objective.Of(objective).AutogradReason(
                objective.Attribute.Of is { } name ? network.FindResult(name)!.Value : network.Results[0].Value) is not null);
        var phase = new Phase("", needsAutograd ? Backward.Autograd : backward);
        phase.Learners.Add(trainer.Model);
        trainer.Phases.Add(phase);
        var step = new StepContext(trainer, phase)
        {
            Teacher = teacher,
            LearnedNetworks = bound.LearnedNetworks,
            Sees = seen.Count == 0 ? null : (context, samples) => seen.Aggregate(
                samples, (value, part) => RecipePart.Of(part.Attribute).See(part.Attribute, context, value)),
            Mix = bound.Mixing is null ? null : (context, inputs) => Mix(bound.Mixing, inputs, context),
            ReadsFeatures = (bound.Mixing is { } mixing && Mixing.Of(mixing.Attribute).ReadsFeatures)
                || bound.Schemes.Any(scheme => Scheme.Of(scheme.Attribute).ReadsTag(scheme.Attribute) is not null)
                || bound.Objectives.Any(objective =>
                    objective.Attribute.Of is { } name && network.Results.All(result => result.Name != name)),
        };
        LowerTerms(step, bound, backward, findings);
        trainer.OwnMetrics.AddRange(bound.Objectives
            .Where(objective => objective.Declaration.Method is not null && Objective.Of(objective).IsLabeled
                && objective.Attribute.Of == trainer.EvaluatedOutput)
            .Select(objective => objective.Name)
            .Concat(bound.Metrics.Select(metric => metric.Name)));
        var compared = bound.Objectives.Zip(
                trainer.Main.Terms.Where(term => term.IsObjective), (declared, term) => (Declared: declared, Term: term))
            .Where(objective => Objective.Of(objective.Declared).IsLabeled
                && objective.Declared.Attribute.Data is null
                && objective.Declared.Attribute.Of == trainer.EvaluatedOutput).ToList();
        if (compared.All(objective => objective.Declared.Declaration.Method is not null))
            trainer.OwnLosses.AddRange(compared.Select(objective => objective.Term));
        if (trainer.Policy is { } policy) Views.Lower(policy, trainer);
        foreach (var part in trainer.Phases) AddArenas(trainer, part);
        RecipeLowering.Lower(trainer, bound.Optimizers, bound.Schedule, bound.Recipe, findings);
        foreach (var scheme in bound.Schemes)
        {
            Scheme.Of(scheme.Attribute).Finish(
                scheme, compared => Objective.Of(bound.Objectives[0]).Lower(bound.Objectives[0].Attribute, compared), trainer);
        }

        return trainer;
    }

    private static MixedBatch Mix(Bound<MixingAttribute> mixing, IReadOnlyList<Value> inputs, StepContext step)
    {
        string? section = step.Computation.Section;
        step.Computation.Section = mixing.Name;
        var batch = Mixing.Of(mixing.Attribute).Lower(mixing, inputs, step);
        step.Computation.Section = section;
        return batch;
    }

    private static void LowerTerms(StepContext step, BoundTrainer bound, Backward backward, Findings findings)
    {
        var trainer = step.Trainer;
        var proof = new TermProof(trainer, findings);
        foreach (var scheme in bound.Schemes)
        {
            step.Computation.Section = scheme.Name;
            Scheme.Of(scheme.Attribute).Prepare(scheme, step);
        }

        var replacing = bound.Schemes.FirstOrDefault(scheme => Scheme.Of(scheme.Attribute).Replaces is not null);
        bool sole = bound.Objectives.Count == 1 && !bound.Objectives[0].Has(nameof(TermAttribute.Weight));
        foreach (var declared in bound.Objectives)
        {
            step.Computation.Section = declared.Name;
            LowerObjective(step, declared, sole, replacing);
            proof.Run(declared.Name, declared.Site);
        }

        if (bound.Mixing is { } mixing)
        {
            step.Computation.Section = mixing.Name;
            Mixing.Of(mixing.Attribute).AddTerms(mixing, step);
            proof.Run(mixing.Name, mixing.Site);
        }

        foreach (var scheme in bound.Schemes)
        {
            step.Computation.Section = scheme.Name;
            var before = trainer.Phases.Where(phase => phase.Backward != backward).ToList();
            Scheme.Of(scheme.Attribute).Lower(scheme, step);
            proof.Run(scheme.Name, scheme.Site);
            foreach (var phase in trainer.Phases.Where(phase => phase.Backward != backward).Except(before))
            {
                findings.Add(Catalogue.ThroughAutograd, scheme.Site, scheme.Name, "differentiates a gradient",
                    $"the descent of the {Casing.Variable(phase.Name)}");
            }

            if (Scheme.Of(scheme.Attribute).AutogradReason is { } reason && backward != Backward.Autograd)
                findings.Add(Catalogue.ThroughAutograd, scheme.Site, scheme.Name, reason, "the trainer's descent");
        }

        // What stands twice, on two parts of a class, is an error of C# already.
        foreach (var part in bound.Recipe.GroupBy(part => part.Name).Select(group => group.First()))
        {
            step.Computation.Section = part.Name;
            RecipePart.Of(part.Attribute).LowerStep(step, trainer);
            proof.Run(part.Name, part.Site);
            if (RecipePart.Of(part.Attribute).AutogradReason is { } reason && backward != Backward.Autograd)
                findings.Add(Catalogue.ThroughAutograd, part.Site, part.Name, reason, "the trainer's descent");
        }

        if (!findings.Any) GradientFlowChecker.CheckParameters(trainer, findings);
        foreach (var phase in trainer.Phases) AddTotal(phase);
    }

    private static void LowerObjective(StepContext step, Bound<TermAttribute> declared, bool isSole,
        Bound<SchemeAttribute>? replacing)
    {
        var trainer = step.Trainer;
        var objective = Objective.Of(declared);
        var compared = declared.Attribute.Data is { } data ? step.ComparisonOn(declared.Attribute.Of, data)
            : new Comparison(step, declared.Attribute.Of, filters: true) { Packs = objective.Labels == LabelKind.Real };
        Value loss = replacing is not null && objective.IsLabeled
            ? Scheme.Of(replacing.Attribute).Replace(replacing, step, labels => objective.Lower(declared.Attribute, labels))
            : objective.IsLabeled
            ? step.Mixed(compared, labels => objective.Lower(declared.Attribute, labels))
            : objective.Lower(declared.Attribute, compared);
        Scalar? weight = isSole ? null : objective.Weight(declared.Attribute, compared);
        var said = replacing is not null && objective.IsLabeled ? Scheme.Of(replacing.Attribute) : null;
        string notation = said?.ReplacedNotation ?? objective.Describe(declared.Attribute);
        step.AddTerm(new Term(compared.Named(declared.Name), loss, weight, notation)
        {
            Symbols = said?.ReplacedNotation is not null ? said.ReplacedSymbols(replacing!.Attribute) : TotalFormula.Explain(
                objective.Symbols(declared.Attribute), declared.Attribute, property => compared.Named(declared.Name) + property),
            IsObjective = true,
            IsMixed = replacing is null && objective.IsLabeled && compared.WithPartners is not null,
        });

        if (declared.Attribute.Data is { } own)
        {
            var stream = Stream.OfObjectives(own);
            if (trainer.DataSets.All(known => known.Stream != stream))
                trainer.DataSets.Add(new EvaluatedSet(stream, declared.Attribute.Of, objective.Labels));
            return;
        }

        // Classes that the network tells apart say more of it than which samples are alike.
        if (!objective.IsLabeled || !(trainer.Labels == LabelKind.None
            || (trainer.Labels == LabelKind.Identity && objective.Labels == LabelKind.Class))) return;
        trainer.Labels = objective.Labels;
        trainer.EvaluatedOutput = declared.Attribute.Of;
    }

    private static void AddTotal(Phase phase)
    {
        phase.Computation.Section = "Total";
        Value? total = null;
        foreach (var term in phase.Terms)
        {
            Value minimized = term.Minimized ?? term.Loss;
            Value weighted = term.Weight is null ? minimized
                : phase.Computation.Add(new Scale(term.Weight), $"weighted{term.Name}", minimized);
            phase.Summands.Add(weighted);
            total = total is null ? weighted : phase.Computation.Add(new Add(), "total", total, weighted);
        }

        phase.Total = total!;
    }

    private static void AddArenas(TrainerProgram trainer, Phase phase)
    {
        foreach (var player in phase.Learners)
        {
            phase.Arenas.Add(new Arena(
                player.Arena, player == trainer.Model ? "" : player.Name, player.Network!.Parameters, player.Network.Layout)
            {
                KeepsRate = player.KeepsRate,
            });
        }

        if (phase == trainer.Main && trainer.OwnParameters is { Count: > 0 } own)
            phase.Arenas.Add(new Arena("_adapters", "adapter", own, new ArenaLayout(own), IsOwn: true));
    }

    /// <summary>Proves of each term, as soon as it is there, that it trains something.</summary>
    private sealed class TermProof(TrainerProgram trainer, Findings findings)
    {
        private readonly Dictionary<Phase, int> _proved = [];

        public void Run(string origin, Site site)
        {
            foreach (var phase in trainer.Phases)
            {
                _proved.TryGetValue(phase, out int done);
                for (; done < phase.Terms.Count; done++)
                    GradientFlowChecker.CheckTerm(trainer, phase, origin, site, phase.Terms[done].Loss, findings);
                _proved[phase] = done;
            }
        }
    }
}
