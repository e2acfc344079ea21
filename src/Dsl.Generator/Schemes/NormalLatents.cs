using System;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>Latent numbers with a normal distribution each, and what the schemes have in common that bound a likelihood by
/// draws of them.</summary>
internal static class NormalLatents
{
    // e^(s/2) from 3·10⁻⁷ to 2·10⁴: what no trained network needs, and single precision squares without an infinity.
    private const double LeastLogVariance = -30, MostLogVariance = 20;

    /// <summary>Whether an output is means and log variances.</summary>
    public static bool HasHalves(Shape output) => output.Rank == 2 && output[1].IsKnown && output[1].Factor % 2 == 0;

    /// <summary>Reports a network that does not return means and log variances.</summary>
    public static void CheckHalves(Bound<SchemeAttribute> declared, LearnedNetwork network, Findings findings)
    {
        if (!network.Network.KnowsResults || HasHalves(network.Network.Results[0].Value.Shape)) return;
        Shape output = network.Network.Results[0].Value.Shape;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name,
            "means and log variances in two halves, [N, 2Z]", $"'{network.Name}' returns {output}",
            output.Rank == 2 ? $"end it with an even number, such as [Linear({2 * output[1].Factor})]"
                : "end it with [Flatten, Linear(2Z)], for Z latent numbers");
    }

    /// <summary>Reports a ramp and a deviation that do not fit.</summary>
    public static void CheckArguments(VariationalAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        run.RampUp(declared, attribute.RampUpEpochs, attribute.RampUpSteps);
        if (attribute.Likelihood == Likelihood.Gaussian || !declared.Has(nameof(attribute.Deviation))) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Deviation)), declared.Name,
            "Likelihood.Gaussian for a deviation",
            $"Deviation = {attribute.Deviation.ToString(CultureInfo.InvariantCulture)} stands beside Likelihood.Bernoulli",
            "write Likelihood = Likelihood.Gaussian, or leave the deviation out").Offer(
                declared.Remove(nameof(attribute.Deviation)));
    }

    /// <summary>The name of a property as a number of the trainer.</summary>
    public static string Named(VariationalAttribute attribute, string property) =>
        AttributeBinder.ShortName(attribute.GetType().Name) + property;

    /// <summary>β as it is in a step.</summary>
    public static Scalar Weight(VariationalAttribute attribute, StepContext step) => step.GrowsEvenly(
        AttributeBinder.ShortName(attribute.GetType().Name), attribute, nameof(attribute.Beta), attribute.RampUpEpochs,
        attribute.RampUpSteps, "The divergence's weight");

    /// <summary>Means and log variances.</summary>
    /// <param name="suffix">What stands behind the names of both.</param>
    public static (Value Mean, Value LogVariance) Halves(Computation c, Value code, string suffix = "")
    {
        long width = code.Shape[1].Factor / 2;
        return (c.Add(new Slice(1, 0, width), "mean" + suffix, code), c.Add(
            new Clamp(LeastLogVariance, MostLogVariance), "logVariance" + suffix,
            c.Add(new Slice(1, width, width), "second" + suffix, code)));
    }

    /// <summary>z = μ + e^(s/2)·ε.</summary>
    public static Value Draw(Computation c, Value mean, Value logVariance, Value noise, string suffix = "")
    {
        Value deviation = c.Add(
            new Exponential(), "deviation" + suffix, c.Add(new Scale(0.5), "logDeviation" + suffix, logVariance));
        return c.Add(new Add(), "latent" + suffix, mean, c.Add(new Multiply(), "drawn" + suffix, deviation, noise));
    }

    /// <summary>−log p(x|z) of each sample, [N].</summary>
    /// <param name="told">What the decoder tells.</param>
    /// <param name="setting">A property as a number of the trainer.</param>
    public static Value Losses(
        Computation c, VariationalAttribute attribute, Value samples, Value told, Func<string, Scalar> setting)
    {
        Value sum = LatentNetworks.SumOfSample(
            c, "losses", LatentNetworks.Errors(c, attribute.Likelihood, samples, told));
        if (attribute.Likelihood == Likelihood.Bernoulli) return sum;
        Scalar deviation = setting(nameof(attribute.Deviation));
        Value scaled = c.Add(new DivideBy((Scalar)2.0 * (deviation * deviation)), "scaledLosses", sum);
        var entropy = new Scalar.Named(
            $"{samples.Shape.ElementsPerSample} * Math.Log({deviation.Code} * Math.Sqrt(2 * Math.PI))");
        return c.Add(new AddNumber(entropy), "gaussianLosses", scaled);
    }

    /// <summary>KL(N(μ, e^s) ‖ N(0, 1)) of each sample, [N].</summary>
    public static Value Divergences(Computation c, Value mean, Value logVariance)
    {
        Value variance = c.Add(new Exponential(), "variance", logVariance);
        Value excess = c.Add(new AddNumber(-1), "excess", c.Add(new Subtract(), "overLog", variance, logVariance));
        Value doubled = c.Add(new Add(), "doubledDivergences", c.Add(new Square(), "squaredMean", mean), excess);
        return c.Add(new Scale(0.5), "divergences", c.Add(new Sum(1), "doubledDivergence", doubled));
    }

    /// <summary>log N(z; 0, 1) − log N(z; μ, e^s) of each sample at z = μ + e^(s/2)·ε, [N].</summary>
    public static Value Ratio(Computation c, Value latent, Value logVariance, Value noise)
    {
        Value spread = c.Add(new Add(), "spread", logVariance, c.Add(new Square(), "squaredNoise", noise));
        return c.Add(new Scale(0.5), "ratio", c.Add(new Sum(1), "doubledRatio",
            c.Add(new Subtract(), "ratios", spread, c.Add(new Square(), "squaredLatent", latent))));
    }

    /// <summary>What the reconstruction's term minimises, with the letters of its notation.</summary>
    /// <param name="told">What the decoder tells, in the notation.</param>
    /// <param name="symbols">Letters of the scheme's own, behind those of samples and decoder.</param>
    public static Term Reconstruction(VariationalAttribute attribute, Value loss, string told, ExplainedSymbol[] symbols)
    {
        bool isGaussian = attribute.Likelihood == Likelihood.Gaussian;
        return new Term("Reconstruction", loss, null,
            (isGaussian ? $"mean Σ ((x − {told})²/(2σ²) + ½·log(2πσ²))"
                : $"−mean Σ (x·log σ({told}) + (1 − x)·log(1 − σ({told})))")
            + ", z = μ + exp(s/2)·ε")
        {
            Symbols =
            [
                new("x", "a sample", null, null),
                new("g", "the decoder", null, null),
                .. symbols,
                new("ε", "standard normal noise", null, null),
                .. isGaussian
                    ? (ExplainedSymbol[])[new("σ", "the deviation of a number from its mean",
                        Named(attribute, nameof(attribute.Deviation)), Scalar.Literal(attribute.Deviation)),
                        new("π", "the circle's number", null, null)]
                    : [],
            ],
        };
    }

    /// <summary>The requirement of an argument of a method that takes samples.</summary>
    public static string? RequirementOf(VariationalAttribute attribute) => attribute.Likelihood == Likelihood.Bernoulli
        ? StepContext.Within("input", "nameof(input)", 0, 1, LatentNetworks.Remedy, "true") : null;

    /// <summary>The answers of a method about each sample as columns, [N, K].</summary>
    public static Value Columns(Computation c, params Value[] answers) => c.Add(
        new Concatenate(), "terms", [.. Array.ConvertAll(answers, answer =>
            c.Add(new Unsqueeze(1), answer.Hint + "Column", answer))]);
}
