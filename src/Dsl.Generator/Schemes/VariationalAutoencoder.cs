using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class VariationalAutoencoder : Scheme<VariationalAutoencoderAttribute<object>>
{
    public override IReadOnlyList<string> Heads => [LatentNetworks.Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    // The distance of a mean over several batches is no sum of theirs.
    public override bool TakesOneBatchWith(SchemeAttribute attribute) =>
        ((VariationalAutoencoderAttribute<object>)attribute).Capacity > 0;

    public override TensorType HeadTakes(SchemeAttribute attribute, TensorType given) =>
        NormalLatents.HasHalves(given.Shape) ? new(given.Shape.With(1, given.Shape[1].Factor / 2)) : given;

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => ConditionOf(attribute).Inputs;

    public override string HeadIsGiven(string model) => $"a draw of the distribution that '{model}' returns";

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        LatentNetworks.Check(declared, networks, findings);
        ConditionOf(declared.Attribute).Check(declared, networks, findings);
        NormalLatents.CheckHalves(declared, networks[0], findings);
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (VariationalAutoencoderAttribute<object>)declared.Attribute;
        long width = trainer.Network.Results[0].Value.Shape[1].Factor / 2;
        var condition = ConditionOf(attribute);
        LatentNetworks.AddEncode(trainer, "The means of samples' latent numbers in evaluation mode", width, condition);
        LatentNetworks.AddReconstruct(
            trainer, attribute.Likelihood, "What the decoder tells of the means of samples' latent numbers in evaluation mode",
            width, condition);
        AddSample(trainer, attribute.Likelihood, condition, width);
        LatentNetworks.AddInterpolate(trainer, attribute.Likelihood, width, condition);
        AddBound(trainer, attribute, width);
    }

    protected override void Check(
        VariationalAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        ConditionOf(attribute).CheckArguments(declared, run.Findings);
        NormalLatents.CheckArguments(attribute, declared, run);
    }

    protected override void Lower(
        VariationalAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(
            declared.Declaration.Types[0], LatentNetworks.Decoder, "The network that tells samples of latent numbers");
        Value samples = LatentNetworks.Read(step, attribute.Likelihood);
        var condition = ConditionOf(attribute);
        Value code = step.Call(step.Model, condition.Beside(step, samples), "posterior");
        var (mean, logVariance) = NormalLatents.Halves(c, code);
        Value noise = step.Draw(new DrawnNormals("Noise", step.Data.Rows, mean.Shape.Without(0),
            $"ε, of which the latent numbers are drawn, standard normal {mean.Shape}"));
        Value told = step.Call(decoder, condition.Beside(step, NormalLatents.Draw(c, mean, logVariance, noise)), "told");
        Value losses = NormalLatents.Losses(c, attribute, samples, told, property => step.Hyperparameter(attribute, property));
        step.AddTerm(NormalLatents.Reconstruction(
            attribute, step.Mean("reconstruction", losses), $"g(z{condition.Notation})",
            [
                new("μ", "the first half of what the network returns, means of z", null, null),
                new("s", "the second half, log variances of z", null, null),
                .. condition.Symbols,
            ]));
        Value divergence = step.Mean("divergence", NormalLatents.Divergences(c, mean, logVariance));
        bool isBounded = attribute.Capacity > 0;
        Scalar grown = isBounded ? Capacity(attribute, step) : NormalLatents.Weight(attribute, step);
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
                        NormalLatents.Named(attribute, nameof(attribute.Capacity)), Scalar.Literal(attribute.Capacity))]
                    : [],
            ],
        });
    }

    private static Scalar Capacity(VariationalAutoencoderAttribute<object> attribute, StepContext step) => step.GrowsEvenly(
        AttributeBinder.ShortName(attribute.GetType().Name), attribute, nameof(attribute.Capacity), attribute.RampUpEpochs,
        attribute.RampUpSteps, "The capacity");

    private static LabelCondition ConditionOf(SchemeAttribute attribute) => new(
        ((VariationalAutoencoderAttribute<object>)attribute).Label, ((VariationalAutoencoderAttribute<object>)attribute).Classes);

    private static void AddSample(TrainerProgram trainer, Likelihood likelihood, LabelCondition condition, long width)
    {
        var latent = new DrawnNormals("Latent", Stream.Data.Rows, Shape.Of(width), $"Latent numbers, [N, {width}]");
        var c = new Computation();
        Value drawn = c.Add(new Draw(Procedure.Local(latent), latent.Type), Procedure.Local(latent));
        Value told = LatentNetworks.Decode(c, trainer, likelihood, condition.Beside(c, drawn));
        trainer.Procedures.Add(new Procedure(
            "Sample", $"What the decoder in evaluation mode tells of latent numbers drawn of N(0, 1), {told.Shape}; "
            + "the caller frees it", condition.CountParameters("What samples shall be", ("count", "How many, at least 1")), c,
            told)
        {
            IsPublic = true,
            Stream = "samples",
            Draws = [latent],
            Samples = condition.Count,
        });
    }

    /// <summary>The method that evaluates bounds, and what it asks of each batch.</summary>
    private static void AddBound(TrainerProgram trainer, VariationalAutoencoderAttribute<object> attribute, long width)
    {
        TensorType input = trainer.Network.Input.Type, output = trainer.Network.Results[0].Value.Type;
        var c = new Computation();
        var draw = new DrawnNormals("Noise", Stream.Data.Rows, Shape.Of(width), $"Noise, [N, {width}]");
        var condition = ConditionOf(attribute);
        Value samples = c.Add(new Input("input", input), "input");
        Value[] conditioned = condition.Beside(c, samples);
        var (mean, logVariance) = NormalLatents.Halves(
            c, c.Add(new Predict(trainer.Model.Field, output), "posterior", conditioned));
        Value noise = c.Add(new Draw(Procedure.Local(draw), draw.Type), Procedure.Local(draw));
        Value latent = NormalLatents.Draw(c, mean, logVariance, noise);
        Value losses = NormalLatents.Losses(
            c, attribute, samples, LatentNetworks.Ask(c, trainer, [latent, .. conditioned.Skip(1)]),
            property => new Scalar.Named(NormalLatents.Named(attribute, property)));
        Value terms = NormalLatents.Columns(c, losses, NormalLatents.Divergences(c, mean, logVariance),
            NormalLatents.Ratio(c, latent, logVariance, noise));
        trainer.Procedures.Add(new Procedure(
            "BoundTerms", "−log p(x|z), KL(q(z|x) ‖ p(z)) and log p(z) − log q(z|x) at a drawn z, [N, 3]",
            [
                new ProcedureParameter("Tensor", "input", $"Samples {input.Shape}"), .. condition.Parameters("Their labels"),
                new ProcedureParameter("DrawSampler", "sampler", "Where the random numbers come from"),
            ], c, terms)
        {
            Draws = [draw],
            Samples = "input.size(0)",
            Input = "input",
            Requirement = NormalLatents.RequirementOf(attribute),
            Evaluation = new ProcedureEvaluation("EvaluateBound", "EvidenceBound", "latent numbers",
                "The evidence lower bound of data and its importance-weighted one, in nats a sample, in evaluation mode. "
                + "Training is not affected") { ReadsLabels = condition.IsGiven },
        });
    }
}
