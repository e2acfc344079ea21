using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Diffusion : Scheme<DiffusionAttribute>
{
    private const string Process = "_diffusion";
    private const int LevelsOfDefaults = 1000;

    // With this share of its variance left, a sample is hardly seen in the noise.
    private const double Unseen = 0.01;

    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => Networks((DiffusionAttribute)attribute).Inputs;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (DiffusionAttribute)declared.Attribute;
        Networks(attribute).Check(declared, networks[0], ElementType.Int64, attribute.Levels, findings);
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (DiffusionAttribute)declared.Attribute;
        var networks = Networks(attribute);
        string shape = trainer.Network.Input.Shape.ToString(), sample = shape.Substring(1), average =
            trainer.Evaluated == trainer.Model ? "the network" : "the average of the network";
        networks.AddSampling(trainer, "Sample",
            $"Samples that {average} makes of noise by all {attribute.Levels} levels, {shape}, in evaluation mode; the caller "
            + "frees them",
            (Process, "Sample"), [], "", Spelling.Join(attribute.Levels),
            $"Standard normal numbers [{attribute.Levels}, {sample}: where sampling begins, then what each step but the last "
            + "adds");
        ProcedureParameter steps = new("int", "steps", $"n: how many of the {attribute.Levels} levels, evenly spread"),
        eta = new("double", "eta", "η, in [0, 1]: with 0 nothing but the start is random") { Default = "0" };
        networks.AddSampling(trainer, "SampleDdim",
            $"Samples that {average} makes of noise by some of the levels (arXiv 2010.02502), {shape}, in evaluation mode; the "
            + "caller frees them",
            (Process, "SampleDdim"), [steps, eta], "steps, eta", "eta == 0 ? 1 : steps",
            $"Standard normal numbers [n, {sample}, of which the first is where sampling begins; with η = 0 one is enough");
    }

    protected override void Check(DiffusionAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        Networks(attribute).CheckArguments(declared, run.Findings);
        bool isLinear = attribute.Schedule == NoiseSchedule.Linear;
        string[] betas = [nameof(attribute.FirstBeta), nameof(attribute.LastBeta)];
        if (!isLinear && betas.FirstOrDefault(declared.Has) is { } unread)
        {
            run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(unread), declared.Name, "a schedule that reads its arguments",
                $"the cosine schedule has no {unread}", "remove it, or take NoiseSchedule.Linear")
                .Offer(declared.Remove(unread));
        }

        if (isLinear && attribute.FirstBeta >= attribute.LastBeta)
        {
            run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.FirstBeta)), declared.Name,
                "noise that grows from level to level",
                $"FirstBeta = {Scalar.Literal(attribute.FirstBeta)} is not below LastBeta = {Scalar.Literal(attribute.LastBeta)}",
                "exchange them, or let LastBeta be the larger one")
                .Offer(declared.Exchange(betas[0], attribute.FirstBeta, betas[1], attribute.LastBeta));
            return;
        }

        if (isLinear && Remaining(attribute.Levels, attribute.FirstBeta, attribute.LastBeta) is var remaining and >= Unseen)
            WarnOfSignal(attribute, declared, remaining, run.Findings);
    }

    protected override void Lower(DiffusionAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var networks = Networks(attribute);
        AddProcess(attribute, step);
        Value data = step.Read(step.Data);
        Value noise = step.Draw(new DrawnNormals(
            "Noise", step.Data.Rows, data.Shape.Without(0), $"ε, what is added to samples, standard normal {data.Shape}"));
        Value time = step.Draw(new DrawnIntegers("Time", step.Data.Rows, 0, attribute.Levels,
            $"t, the noise level of each sample in 0, ..., {attribute.Levels - 1}, [N], int64"));
        Value noisy = c.Add(new StateFunction(Process, "Noised", data.Type), "noisy", data, noise, time);
        Value prediction = networks.Call(
            step, noisy, time, networks.Labels(step, attribute, nameof(attribute.LabelDropout)), "prediction");
        Value target = attribute.Target switch
        {
            DiffusionTarget.Noise => noise,
            DiffusionTarget.Sample => data,
            _ => c.Add(new StateFunction(Process, "Velocity", data.Type), "velocity", data, noise, time),
        };

        // The difference is of the target, and not of the result: the network may need its result for its derivative.
        Value errors = c.Add(new Square(), "squaredErrors", c.Add(new Subtract(), "errors", target, prediction));
        if (attribute.MinSnr > 0)
        {
            Shape ofEach = data.Shape.Map((size, i) => i == 0 ? size : 1);
            Value weights = c.Add(new StateFunction(Process, "Weights", new TensorType(ofEach)), "weights", time, data);
            errors = c.Add(new Multiply(), "weightedErrors", errors, weights);
        }

        string letter = attribute.Target switch
        {
            DiffusionTarget.Noise => "ε",
            DiffusionTarget.Sample => "x",
            _ => "v",
        };
        step.AddTerm(new Term("Denoising", step.Mean("denoising", errors), null,
            attribute.MinSnr > 0 ? $"mean w_t·({letter} − f(x_t, t))²" : $"mean ({letter} − f(x_t, t))²")
        {
            Symbols =
            [
                new("ε", "standard normal noise", null, null),
                new("x", "a sample", null, null),
                new("v", "√ᾱ_t·ε − √(1 − ᾱ_t)·x", null, null),
                new("x_t", "√ᾱ_t·x + √(1 − ᾱ_t)·ε", null, null),
                new("t", "a noise level, drawn evenly", null, null),
                new("f", "the network", null, null),
                new("w_t", "the weight of a level, by min(ᾱ_t/(1 − ᾱ_t), MinSnr)", null, null),
            ],
        });
    }

    private static TimedNetworks Networks(DiffusionAttribute attribute) =>
        new(attribute.Time, attribute.Label, attribute.Classes);

    private static void AddProcess(DiffusionAttribute attribute, StepContext step)
    {
        string betas = attribute.Schedule == NoiseSchedule.Cosine
            ? $"BetaSchedule.Cosine({Spelling.Join(attribute.Levels)})"
            : $"BetaSchedule.Linear({Spelling.Join(attribute.Levels)}, {Scalar.Literal(attribute.FirstBeta)}, "
                + $"{Scalar.Literal(attribute.LastBeta)})";
        string[] settings =
        [
            .. attribute.Variance == SamplingVariance.Posterior ? new[] { "HasPosteriorVariance = true" } : [],
            .. attribute.Clip > 0 ? new[] { $"Clip = {Scalar.Literal(attribute.Clip)}" } : [],
        ];
        step.AddState(new StateNode("diffusion", Process, "noise by levels, and the ways back from it",
            $"new GaussianDiffusion({betas}, DenoisingTarget.{attribute.Target}, {Scalar.Literal(attribute.MinSnr)}, "
            + $"{step.Model.Arena}.Values.dtype, _device)"
            + (settings.Length == 0 ? "" : $" {{ {string.Join(", ", settings)} }}"))
        {
            Type = "GaussianDiffusion",
            IsDeclared = true,
        });
    }

    private static void WarnOfSignal(
        DiffusionAttribute attribute, Bound<SchemeAttribute> declared, double remaining, Findings findings)
    {
        // As much noise in all as a thousand levels of the defaults add.
        var defaults = new DiffusionAttribute();
        double factor = (double)LevelsOfDefaults / attribute.Levels,
        first = Rounded(defaults.FirstBeta * factor), last = Rounded(defaults.LastBeta * factor);
        string levels = attribute.Levels.ToString(CultureInfo.InvariantCulture), rest = remaining.ToString(
            "0.###", CultureInfo.InvariantCulture);
        bool isLegal = last < 1 && Remaining(attribute.Levels, first, last) < Unseen;
        findings.Add(Catalogue.NoiseTooWeak, declared.SiteOf(nameof(attribute.Levels)), declared.Name, rest, levels, isLegal
                ? $"write FirstBeta = {Scalar.Literal(first)}, LastBeta = {Scalar.Literal(last)}, those of a thousand levels "
                    + $"times 1000/{levels}, or Schedule = NoiseSchedule.Cosine"
                : "write Schedule = NoiseSchedule.Cosine, or larger betas")
            .Offer(isLegal
                ? Fix.All("Scale the betas", declared.Set(nameof(attribute.FirstBeta), first),
                    declared.Set(nameof(attribute.LastBeta), last))
                : null);
    }

    private static double Rounded(double number) => double.Parse(
        number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>ᾱ of the last level of a linear schedule.</summary>
    private static double Remaining(int levels, double first, double last) => Enumerable.Range(0, levels)
        .Aggregate(1.0, (product, t) => product * (1 - (first + ((last - first) * t / (levels - 1)))));
}
