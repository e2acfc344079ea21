using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class VariationalAutoencoder : Scheme<VariationalAutoencoderAttribute<object>>
{
    // e^(s/2) from 3·10⁻⁷ to 2·10⁴: what no trained network needs, and single precision squares without an infinity.
    private const double LeastLogVariance = -30, MostLogVariance = 20;

    public override IReadOnlyList<string> Heads => [LatentNetworks.Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    // The distance of a mean over several batches is no sum of theirs.
    public override bool TakesOneBatchWith(SchemeAttribute attribute) =>
        ((VariationalAutoencoderAttribute<object>)attribute).Capacity > 0;

    public override TensorType HeadTakes(SchemeAttribute attribute, TensorType given) =>
        HasHalves(given.Shape) ? new(given.Shape.With(1, given.Shape[1].Factor / 2)) : given;

    public override string HeadIsGiven(string model) => $"a draw of the distribution that '{model}' returns";

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        LatentNetworks.Check(declared, networks, findings);
        var model = networks[0];
        if (!model.Network.KnowsResults || HasHalves(model.Network.Results[0].Value.Shape)) return;
        Shape output = model.Network.Results[0].Value.Shape;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name,
            "means and log variances in two halves, [N, 2Z]", $"'{model.Name}' returns {output}",
            output.Rank == 2 ? $"end it with an even number, such as [Linear({2 * output[1].Factor})]"
                : "end it with [Flatten, Linear(2Z)], for Z latent numbers");
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (VariationalAutoencoderAttribute<object>)declared.Attribute;
        long width = trainer.Network.Results[0].Value.Shape[1].Factor / 2;
        AddEncode(trainer, width);
        LatentNetworks.AddReconstruct(
            trainer, attribute.Likelihood, "What the decoder tells of the means of samples' latent numbers in evaluation mode",
            width);
        AddSample(trainer, attribute.Likelihood, width);
        LatentNetworks.AddInterpolate(trainer, attribute.Likelihood, width);
        AddBound(trainer, attribute, width);
    }

    protected override void Check(
        VariationalAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        run.Duration(declared, Catalogue.RampUpTooLong, nameof(attribute.RampUpEpochs), attribute.RampUpEpochs,
            nameof(attribute.RampUpSteps), attribute.RampUpSteps);
        if (attribute.Likelihood == Likelihood.Gaussian || !declared.Has(nameof(attribute.Deviation))) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Deviation)), declared.Name,
            "Likelihood.Gaussian for a deviation",
            $"Deviation = {attribute.Deviation.ToString(CultureInfo.InvariantCulture)} stands beside Likelihood.Bernoulli",
            "write Likelihood = Likelihood.Gaussian, or leave the deviation out").Offer(
                declared.Remove(nameof(attribute.Deviation)));
    }

    protected override void Lower(
        VariationalAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(
            declared.Declaration.Types[0], LatentNetworks.Decoder, "The network that tells samples of latent numbers");
        Value samples = LatentNetworks.Read(step, attribute.Likelihood);
        Value code = step.Call(step.Model, samples, "posterior");
        var (mean, logVariance) = Halves(c, code);
        Value noise = step.Draw(new DrawnNormals("Noise", step.Data.Rows, mean.Shape.Without(0),
            $"ε, of which the latent numbers are drawn, standard normal {mean.Shape}"));
        Value told = step.Call(decoder, Draw(c, mean, logVariance, noise), "told");
        Value losses = Losses(c, attribute, samples, told, property => step.Hyperparameter(attribute, property));
        bool isGaussian = attribute.Likelihood == Likelihood.Gaussian;
        step.AddTerm(new Term("Reconstruction", step.Mean("reconstruction", losses), null,
            (isGaussian ? "mean Σ ((x − g(z))²/(2σ²) + ½·log(2πσ²))" : "−mean Σ (x·log σ(g(z)) + (1 − x)·log(1 − σ(g(z))))")
            + ", z = μ + exp(s/2)·ε")
        {
            Symbols =
            [
                new("x", "a sample", null, null),
                new("g", "the decoder", null, null),
                new("μ", "the first half of what the network returns, means of z", null, null),
                new("s", "the second half, log variances of z", null, null),
                new("ε", "standard normal noise", null, null),
                .. isGaussian
                    ? (ExplainedSymbol[])[new("σ", "the deviation of a number from its mean",
                        Named(attribute, nameof(attribute.Deviation)), Scalar.Literal(attribute.Deviation)),
                        new("π", "the circle's number", null, null)]
                    : [],
            ],
        });
        Value divergence = step.Mean("divergence", Divergences(c, mean, logVariance));
        bool isBounded = attribute.Capacity > 0;
        Scalar grown = step.GrowsEvenly(AttributeBinder.ShortName(attribute.GetType().Name), attribute,
            isBounded ? nameof(attribute.Capacity) : nameof(attribute.Beta), attribute.RampUpEpochs, attribute.RampUpSteps,
            isBounded ? "The capacity" : "The divergence's weight");
        step.AddTerm(new Term("Divergence", divergence,
            isBounded ? step.Hyperparameter(attribute, nameof(attribute.Beta)) : grown,
            isBounded ? "|½·mean Σ (μ² + exp(s) − s − 1) − C|" : "½·mean Σ (μ² + exp(s) − s − 1)")
        {
            Minimized = !isBounded ? null
                : c.Add(new Absolute(), "distance", c.Add(new AddNumber(-grown), "overCapacity", divergence)),
            Symbols =
            [
                new("μ", "the first half of what the network returns, means of z", null, null),
                new("s", "the second half, log variances of z", null, null),
                .. isBounded
                    ? (ExplainedSymbol[])[new("C", "how much z shall say of a sample, in nats"
                        + (attribute.RampUpEpochs + attribute.RampUpSteps > 0 ? ", grown evenly from 0" : ""),
                        Named(attribute, nameof(attribute.Capacity)), Scalar.Literal(attribute.Capacity))]
                    : [],
            ],
        });
    }

    private static bool HasHalves(Shape output) => output.Rank == 2 && output[1].IsKnown && output[1].Factor % 2 == 0;

    private static (Value Mean, Value LogVariance) Halves(Computation c, Value code)
    {
        long width = code.Shape[1].Factor / 2;
        return (c.Add(new Slice(1, 0, width), "mean", code), c.Add(
            new Clamp(LeastLogVariance, MostLogVariance), "logVariance", c.Add(new Slice(1, width, width), "second", code)));
    }

    /// <summary>z = μ + e^(s/2)·ε.</summary>
    private static Value Draw(Computation c, Value mean, Value logVariance, Value noise)
    {
        Value deviation = c.Add(new Exponential(), "deviation", c.Add(new Scale(0.5), "logDeviation", logVariance));
        return c.Add(new Add(), "latent", mean, c.Add(new Multiply(), "drawn", deviation, noise));
    }

    /// <summary>−log p(x|z) of each sample, [N].</summary>
    /// <param name="setting">A property as a number of the trainer.</param>
    private static Value Losses(
        Computation c, VariationalAutoencoderAttribute<object> attribute, Value samples, Value told,
        Func<string, Scalar> setting)
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
    private static Value Divergences(Computation c, Value mean, Value logVariance)
    {
        Value variance = c.Add(new Exponential(), "variance", logVariance);
        Value excess = c.Add(new AddNumber(-1), "excess", c.Add(new Subtract(), "overLog", variance, logVariance));
        Value doubled = c.Add(new Add(), "doubledDivergences", c.Add(new Square(), "squaredMean", mean), excess);
        return c.Add(new Scale(0.5), "divergences", c.Add(new Sum(1), "doubledDivergence", doubled));
    }

    private static string Named(VariationalAutoencoderAttribute<object> attribute, string property) =>
        AttributeBinder.ShortName(attribute.GetType().Name) + property;

    private static void AddEncode(TrainerProgram trainer, long width)
    {
        TensorType input = trainer.Network.Input.Type;
        var c = new Computation();
        Value mean = LatentNetworks.Code(c, trainer, "input", width);
        trainer.Procedures.Add(new Procedure(
            "Encode", $"The means of samples' latent numbers in evaluation mode, {mean.Shape}; the caller frees them",
            [new ProcedureParameter("Tensor", "input", $"Samples, {input.Shape}")], c, mean)
        {
            IsPublic = true,
            Input = "input",
        });
    }

    private static void AddSample(TrainerProgram trainer, Likelihood likelihood, long width)
    {
        var latent = new DrawnNormals("Latent", Stream.Data.Rows, Shape.Of(width), $"Latent numbers, [N, {width}]");
        var c = new Computation();
        Value drawn = c.Add(new Draw(Procedure.Local(latent), latent.Type), Procedure.Local(latent));
        Value told = LatentNetworks.Decode(c, trainer, likelihood, drawn);
        trainer.Procedures.Add(new Procedure(
            "Sample", $"What the decoder in evaluation mode tells of latent numbers drawn of N(0, 1), {told.Shape}; "
            + "the caller frees it", [new ProcedureParameter("long", "count", "How many, at least 1")], c, told)
        {
            IsPublic = true,
            Stream = "samples",
            Draws = [latent],
            Samples = "count",
        });
    }

    /// <summary>The method that evaluates bounds, and what it asks of each batch.</summary>
    private static void AddBound(TrainerProgram trainer, VariationalAutoencoderAttribute<object> attribute, long width)
    {
        TensorType input = trainer.Network.Input.Type, output = trainer.Network.Results[0].Value.Type;
        var c = new Computation();
        var draw = new DrawnNormals("Noise", Stream.Data.Rows, Shape.Of(width), $"Noise, [N, {width}]");
        Value samples = c.Add(new Input("input", input), "input");
        var (mean, logVariance) = Halves(c, c.Add(new Predict(trainer.Model.Field, output), "posterior", samples));
        Value noise = c.Add(new Draw(Procedure.Local(draw), draw.Type), Procedure.Local(draw));
        Value latent = Draw(c, mean, logVariance, noise);
        Value losses = Losses(c, attribute, samples, LatentNetworks.Ask(c, trainer, latent), property =>
            new Scalar.Named(Named(attribute, property)));

        // log p(z) − log q(z|x), in which the constants of both go.
        Value spread = c.Add(new Add(), "spread", logVariance, c.Add(new Square(), "squaredNoise", noise));
        Value ratio = c.Add(new Scale(0.5), "ratio", c.Add(new Sum(1), "doubledRatio",
            c.Add(new Subtract(), "ratios", spread, c.Add(new Square(), "squaredLatent", latent))));
        Value terms = c.Add(new Concatenate(), "terms",
            Column("losses", losses), Column("divergences", Divergences(c, mean, logVariance)), Column("ratio", ratio));
        trainer.Procedures.Add(new Procedure(
            "BoundTerms", "−log p(x|z), KL(q(z|x) ‖ p(z)) and log p(z) − log q(z|x) at a drawn z, [N, 3]",
            [
                new ProcedureParameter("Tensor", "input", $"Samples {input.Shape}"),
                new ProcedureParameter("DrawSampler", "sampler", "Where the random numbers come from"),
            ], c, terms)
        {
            Draws = [draw],
            Samples = "input.size(0)",
            Input = "input",
            Requirement = attribute.Likelihood == Likelihood.Bernoulli
                ? StepContext.Within("input", "nameof(input)", 0, 1, LatentNetworks.Remedy, "true") : null,
            Evaluation = new ProcedureEvaluation("EvaluateBound", "EvidenceBound", "latent numbers",
                "The evidence lower bound of data and its importance-weighted one, in nats a sample, in evaluation mode. "
                + "Training is not affected"),
        });

        Value Column(string name, Value values) => c.Add(new Unsqueeze(1), name + "Column", values);
    }
}
