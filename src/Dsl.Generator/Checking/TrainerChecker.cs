using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking.Datasets;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schemes;
using Dsl.Generator.Trainers;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Checking;

/// <summary>A declared trainer to a program: roles, terms, recipe.</summary>
internal static class TrainerChecker
{
    /// <summary>The trainer's program, or null: with findings, or because the model or policy has findings of its own.</summary>
    public static TrainerProgram? Check(TrainerDeclaration declaration, CompilerOptions options, Findings findings)
    {
        // What is missing hinders no other check, so that both are told at once. Beside a misspelt attribute, which is told where
        // it stands, nobody knows what is missing.
        var missing = new Findings();
        var program = Check(declaration, options, findings, missing);
        if (!declaration.Type.HasUnknownAttribute) findings.Add(missing);
        return program;
    }

    private static TrainerProgram? Check(
        TrainerDeclaration declaration, CompilerOptions options, Findings findings, Findings missing)
    {
        PlacementChecker.Check(declaration.Type, findings);
        if (declaration.Model is null) findings.Add(Catalogue.NotAModel, declaration.Trainer.Site, declaration.ModelName);
        else if (declaration.Type.Accessibility == "public" && declaration.Model.Type.Accessibility != "public")
            findings.Add(Catalogue.LessAccessible, declaration.Type.Site, declaration.Model.Type.Site, declaration.Type.Name,
                declaration.ModelName)
                .Offer(Fix.MakePublic(declaration.Model.Type));
        foreach (var other in Policies(declaration).Where(reference => reference.Policy is null))
            findings.Add(Catalogue.NotAnAugmentation, other.Site, other.Name);
        LearnerChecker.CheckDeclared(declaration, findings);

        var objectives = AttributeBinder.BindAll<TermAttribute>(declaration.Attributes, findings);
        var schemes = AttributeBinder.BindAll<SchemeAttribute>(declaration.Attributes, findings);
        var mixings = AttributeBinder.BindAll<MixingAttribute>(declaration.Attributes, findings);
        var optimizers = AttributeBinder.BindAll<OptimizerAttribute>(declaration.Attributes, findings);
        var schedules = AttributeBinder.BindAll<ScheduleAttribute>(declaration.Attributes, findings);
        var recipe = AttributeBinder.BindAll<RecipeAttribute>(declaration.Attributes, findings);
        var metrics = AttributeBinder.BindAll<MetricAttribute>(declaration.Attributes, findings);
        if (findings.Any) return null;

        ObjectiveChecker.CheckTogether(declaration, objectives, schemes, findings, missing);
        SchemeChecker.CheckTogether(schemes, mixings, objectives, recipe, findings);
        SchemeChecker.CheckAlone(declaration, schemes, mixings, objectives, recipe, findings);
        AtMostOne(mixings, Catalogue.SeveralMixings, findings);
        AtMostOne(schedules, Catalogue.SeveralSchedules, findings);
        AtMostOne(
            recipe.Where(part => part.Attribute is GradientClippingAttribute).ToList(), Catalogue.SeveralClippings, findings);
        LearnerChecker.CheckOptimizers(declaration, schemes, optimizers, findings, missing);
        var (length, count) = CheckLength(recipe, findings);
        var run = new RunCheck(findings, length, count, BatchSize.Of(recipe),
            recipe.Select(part => RecipePart.Of(part.Attribute).SamplesOfAClass(part.Attribute))
                .FirstOrDefault(samples => samples > 0));
        foreach (var scheme in schemes) Scheme.Of(scheme.Attribute).Check(scheme, run);
        foreach (var objective in objectives) Objective.Of(objective).Check(objective, run);
        ObjectiveChecker.CheckMetrics(metrics, findings);
        RecipeChecker.Check(optimizers, schedules, recipe, run);
        CheckReadable(declaration, findings);
        TeacherChecker.CheckDeclared(declaration, findings);
        if (findings.Any || CheckParts(declaration, findings) is not { } parts) return null;
        var (network, teacher, learners) = parts;

        var backward = Target(declaration, [network, .. learners.Select(learner => learner.Network)], options, findings);
        if (findings.Any) return null;
        DatasetModelChecker.CheckObjectives(network, objectives, findings);
        ImageFolderChecker.CheckPolicies(network, Policies(declaration), findings);
        if (findings.Any) return null;
        ObjectiveChecker.CheckResults(declaration, network, objectives, recipe, findings);
        foreach (var scheme in schemes.Where(scheme => !Scheme.Of(scheme.Attribute).Fits(scheme.Attribute, network)))
            findings.Add(Catalogue.NeedsSingle, scheme.Site, declaration.Model!.Model.Site, scheme.Name, declaration.ModelName);
        SchemeChecker.CheckNetwork(
            declaration, network, LearnerChecker.Embedder(declaration, network, learners, schemes), schemes, findings);
        LearnerChecker.CheckNetworks(declaration, network, learners, schemes, findings);
        var given = TeacherChecker.Check(declaration, network, teacher, objectives, findings);
        ObjectiveChecker.CheckMetric(objectives, schemes, recipe, findings);
        foreach (var mixing in mixings) MixingChecker.Check(mixing, declaration, network, objectives, findings);
        DataSetChecker.Check(declaration, network, objectives, schemes, mixings, recipe, findings);
        if (findings.Any || missing.Any) return null;

        // The trainer's own data come first in what it is given.
        objectives = [.. objectives.OrderBy(objective => objective.Attribute.Data is not null)];
        var bound = new BoundTrainer(
            declaration, objectives, schemes, mixings.FirstOrDefault(), optimizers,
            schedules.FirstOrDefault()?.Attribute ?? new ConstantAttribute(), recipe, metrics,
            LearnerChecker.ByModel(declaration, learners));
        var trainer = TrainerLowering.Lower(bound, network, given, backward, length, findings);
        PlacementChecker.CheckName(declaration.Type, FixedMembers
            .Concat(network.Dataset is null ? [] : DatasetModelChecker.FixedTrainerMembers)
            .Concat(trainer.Hyperparameters.Select(parameter => parameter.Name))
            .Concat(trainer.StepFunctions.Select(function => function.Name))
            .Concat(trainer.OwnParameters.Select(parameter => parameter.Member))
            .Concat(trainer.Players.Where(player => player.IsKept).Select(player => player.Member))
            .Concat(trainer.Detectors.Select(detector => detector.Name))
            .Concat(trainer.DataSets.Select(set => set.Method))
            .Concat(trainer.States.Select(state => state.Property).OfType<string>())
            .Concat(trainer.Procedures.Select(procedure => procedure.Name))
            .Concat(trainer.Procedures.Select(procedure => procedure.Evaluation?.Name).OfType<string>()), findings);
        return findings.Any ? null : trainer;
    }

    private static readonly string[] FixedMembers =
    [
        "Adapters", "ApplyGradients", "Average", "Batch", "ClipGradient", "ComputeGradients", "ComputeGradientsInPlace",
        "CountClasses", "CountWindow", "Counts",
        "BeginNextRun", "Dispose", "Draws", "DropGradients", "EndTask", "Epochs", "Evaluate",
        "EvaluateFeatures", "Fit", "FixedView", "FreeResults",
        "LearningRateAt", "Losses", "MakeRoom", "MeasureStatistics", "Model", "RandomView", "Report", "Resume", "SampleDraws",
        "SamplesPerStep", "Save", "Seed", "SeedGiven", "StartAdapters", "StartEpoch", "StartRun", "State", "Step", "StepCount",
        "StepsPerEpoch", "Teacher", "StreamPosition", "Teach", "TotalSteps", "Trained", "Update", "UpdateFused",
        "UpdateFusedOthers", "UpdatePart", "UpdatePartOthers", "UpdateTensors", "UpdateTensorsOthers", "LearningRateScale",
        "RecipeNumbers", "RollBackCount", "RunState", "SkippedSteps",
    ];

    /// <summary>The network, that of a declared teacher and those that schemes train, unless a model or the policy is reported at
    /// its own declaration.</summary>
    private static (NetworkProgram Network, NetworkProgram? Teacher, IReadOnlyList<LearnedNetwork> Learners)? CheckParts(
        TrainerDeclaration declaration, Findings findings)
    {
        var own = new Findings();
        foreach (var policy in Policies(declaration)) AugmentationChecker.Check(policy.Policy!, own);
        var network = ModelChecker.Check(declaration.Model!, own);
        if (own.Any && !declaration.Model!.Type.IsSource)
            findings.Add(Catalogue.UnreadableModel, declaration.Trainer.Site, declaration.ModelName, own.FirstError!.Id);
        if (own.Any) return null;
        var teacher = TeacherChecker.Network(declaration, own);
        var teachers = TeacherChecker.Declared(declaration);
        if (own.Any && teachers[0] is { Model.Type.IsSource: false } unreadable)
            findings.Add(Catalogue.UnreadableModel, unreadable.Site, unreadable.Name, own.FirstError!.Id);

        var others = LearnerChecker.Declared(declaration);
        var learners = LearnerChecker.Networks(others, own, findings);

        // Without findings there is no network while C# has errors in a model.
        return own.Any || network is null || (teacher is null && teachers.Count > 0) || learners.Count < others.Count ? null
            : (network, teacher, learners);
    }

    /// <summary>The types that stand where a policy is asked for.</summary>
    private static IEnumerable<TypeReference> Policies(TrainerDeclaration declaration) =>
        (declaration.Augment is { } augment ? new[] { augment } : []).Concat(declaration.Attributes
            .Where(attribute =>
                AttributeBinder.Declares<MixingAttribute>(attribute) || AttributeBinder.Declares<SchemeAttribute>(attribute))
            .SelectMany(LearnerChecker.Policies));

    private static void AtMostOne<T>(List<Bound<T>> attributes, DiagnosticDescriptor descriptor, Findings findings)
        where T : Attribute
    {
        foreach (var second in attributes.Skip(1))
            findings.Add(descriptor, second.Site, attributes[0].Site, attributes[0].Name, second.Name)
                .Offer(second.Remove(), attributes[0].Remove());
    }

    private static (RunLength Length, int Count) CheckLength(List<Bound<RecipeAttribute>> recipe, Findings findings)
    {
        var epochs = recipe.FirstOrDefault(part => part.Attribute is EpochsAttribute);
        var steps = recipe.FirstOrDefault(part => part.Attribute is StepsAttribute);
        if (epochs is not null && steps is not null)
            findings.Add(Catalogue.TwoUnits, steps.Site, epochs.Site, "[Epochs]", "[Steps]")
                .Offer(steps.Remove(), epochs.Remove());
        return epochs is not null ? (RunLength.Epochs, ((EpochsAttribute)epochs.Attribute).Count)
            : steps is not null ? (RunLength.Steps, ((StepsAttribute)steps.Attribute).Count)
            : (RunLength.Undeclared, 0);
    }

    /// <summary>A Forward stands in the text of a project, not in its assembly.</summary>
    private static void CheckReadable(TrainerDeclaration declaration, Findings findings)
    {
        if (declaration.Model is { Type.IsSource: false, Layers.Count: 0 })
        {
            findings.Add(Catalogue.ForwardNotReadable, declaration.Trainer.Site, declaration.ModelName,
                "it comes from another assembly, in which its Forward cannot be read; declare the trainer in the same "
                + "project as the model");
        }
    }

    private static Backward Target(
        TrainerDeclaration declaration, IReadOnlyList<NetworkProgram> networks, CompilerOptions options, Findings findings)
    {
        var argument = declaration.Trainer.Arguments.FirstOrDefault(candidate => candidate.Name == nameof(Backward));
        var wanted = argument?.Value is int value ? (Backward)value : Backward.Default;
        if (wanted == Backward.Explicit && options.Backward == Backward.Autograd)
            findings.Add(Catalogue.ExplicitWithoutPair, argument!.Site, declaration.ModelName)
                .Offer(Fix.RemoveArgument(argument.Site, argument.Name));
        if (!networks.Any(network => network.IsOpaque)) return wanted == Backward.Default ? options.Backward : wanted;
        if (wanted == Backward.Explicit)
        {
            findings.Add(Catalogue.ForwardNotReadable, argument!.Site, declaration.Model!.Model.Site, declaration.ModelName,
                "Backward.Explicit needs a backward pass, but the compiler does not analyse its Forward; remove the argument")
                .Offer(Fix.RemoveArgument(argument.Site, argument.Name));
        }

        if (networks.Any(network => !network.KnowsResults))
        {
            findings.Add(
                Catalogue.ResultsUnknown, declaration.Trainer.Site, declaration.Model!.Model.Site, declaration.ModelName);
        }

        return Backward.Autograd;
    }
}
