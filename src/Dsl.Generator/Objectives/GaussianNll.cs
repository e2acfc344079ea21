using System.Collections.Generic;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class GaussianNll : Objective<GaussianNllAttribute>
{
    // Variances from 2·10⁻⁹ to 5·10⁸: what numbers of any sensible unit have, and single precision squares without an
    // infinity.
    private const double Bound = 20;

    public override LabelKind Labels => LabelKind.Real;

    public override Prediction Reads => Prediction.Values;

    protected override string Notation => "½·mean exp(β·s)·(exp(−s)·(y − x)² + s), exp(β·s) constant";

    public override bool ReadsLabelsAlone(TermAttribute attribute) => false;

    protected override string Describe(GaussianNllAttribute attribute) =>
        attribute.Beta == 0 ? "½·mean (exp(−s)·(y − x)² + s)" : Notation;

    protected override IReadOnlyList<Symbol> Symbols(GaussianNllAttribute attribute) =>
    [
        new("x", "the network's mean of a number"),
        new("s", "its log variance"),
        .. attribute.Beta == 0 ? (Symbol[])[]
            : [new("β", "how far means are learned as by the squared error", nameof(attribute.Beta))],
    ];

    protected override void Check(GaussianNllAttribute attribute, ResultCheck result)
    {
        if (result.Find(attribute.LogVariance) is not { } port)
        {
            result.Report(Catalogue.SchemeNeeds, nameof(attribute.LogVariance), result.Name,
                "an output with log variances beside that with means",
                $"'{result.ModelName}' has no output \"{attribute.LogVariance}\"",
                $"write [Output(\"{attribute.LogVariance}\")] behind one");
        }
        else if (port.Value == result.Result || port.Value.Shape != result.Result.Shape)
        {
            result.Report(Catalogue.SchemeNeeds, nameof(attribute.LogVariance), result.Name,
                $"a log variance for each mean, {result.Result.Shape}",
                port.Value == result.Result ? $"\"{attribute.LogVariance}\" is the mean itself"
                    : $"\"{attribute.LogVariance}\" is {port.Value.Shape}",
                "give both outputs the same shape, each by a layer of its own");
        }
    }

    protected override Value Lower(GaussianNllAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value mean = compared.Result;
        Value logVariance = c.Add(
            new Clamp(-Bound, Bound), "logVariances", compared.Other(attribute.LogVariance));
        Value squares = c.Add(
            new Square(), "squaredErrors", c.Add(new Subtract(), "errors", compared.Targets, mean));
        Value precision = c.Add(new Exponential(), "precision", c.Add(new Scale(-1), "minusLogVariance", logVariance));
        Value doubled = c.Add(
            new Add(), "doubledLosses", c.Add(new Multiply(), "scaledErrors", squares, precision), logVariance);
        if (attribute.Beta != 0)
        {
            Scalar beta = compared.Hyperparameter(attribute, nameof(attribute.Beta));
            Value power = c.Add(new Exponential(), "variancePower", c.Add(new Scale(beta), "scaledLogVariance", logVariance));
            doubled = c.Add(new Multiply(), "weightedLosses", doubled, c.Add(new StopGradient(), "varianceWeight", power));
        }

        return compared.Step.Mean("gaussianNll", c.Add(new Scale(0.5), "losses", doubled));
    }
}

internal sealed class HomoscedasticNll : Objective<HomoscedasticNllAttribute>
{
    private const double Most = 40;

    public override LabelKind Labels => LabelKind.Real;

    public override Prediction Reads => Prediction.Values;

    protected override string Notation => "½·exp(−s)·mean (x − y)² + ½·s";

    public override bool ReadsLabelsAlone(TermAttribute attribute) => false;

    protected override IReadOnlyList<Symbol> Symbols(HomoscedasticNllAttribute attribute) =>
        [new("s", "the log variance of all numbers, learned")];

    protected override Value Lower(HomoscedasticNllAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar deviation = compared.Hyperparameter(attribute, nameof(attribute.InitialDeviation));
        Value logVariance = compared.Step.LearnedNumber(
            compared.Named("LogVariance"), "s: the log variance of all numbers, learned",
            new Scalar.Named($"2 * Math.Log({deviation.Code})"), Most);
        Value squares = c.Add(
            new Square(), "squaredErrors", c.Add(new Subtract(), "errors", compared.Result, compared.Targets));
        Value precision = c.Add(new Exponential(), "precision", c.Add(new Scale(-1), "minusLogVariance", logVariance));
        Value doubled = c.Add(
            new Add(), "doubledLosses", c.Add(new Multiply(), "scaledErrors", squares, precision), logVariance);
        return compared.Step.Mean("homoscedasticNll", c.Add(new Scale(0.5), "losses", doubled));
    }
}
