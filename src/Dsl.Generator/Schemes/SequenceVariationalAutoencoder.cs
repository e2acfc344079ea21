using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class SequenceVariationalAutoencoder : Scheme<SequenceVariationalAutoencoderAttribute<object>>
{
    private const string Technique = "SequenceVariationalAutoencoder";

    public override IReadOnlyList<string> Heads => [LatentNetworks.Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) =>
        [((SequenceVariationalAutoencoderAttribute<object>)attribute).Words];

    public override TensorType HeadTakes(SchemeAttribute attribute, TensorType given) =>
        NormalLatents.HasHalves(given.Shape) ? new(given.Shape.With(1, given.Shape[1].Factor / 2)) : given;

    public override string HeadIsGiven(string model) => $"a draw of the distribution that '{model}' returns";

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (SequenceVariationalAutoencoderAttribute<object>)declared.Attribute;
        var (model, decoder) = (networks[0], networks[1]);
        TensorType tokens = model.Network.Input.Type;
        if (tokens.Element != ElementType.Int64 || tokens.Shape.Rank != 2)
        {
            Need(model, "a model of tokens, [N, T] integers", $"'{model.Name}' takes {tokens}",
                "write [Model(T, Elements = Elements.Index)] and begin with an [Embedding]");
            return;
        }

        if (model.Network.Inputs.Count > 1)
        {
            Need(model, "a model that reads sequences alone", $"'{model.Name}' has an input \"{attribute.Words}\", too",
                "leave it to the decoder");
            return;
        }

        NormalLatents.CheckHalves(declared, model, findings);
        if (!decoder.Network.KnowsResults) return;
        Shape told = decoder.Network.Results[0].Value.Shape;
        long places = tokens.Shape[1].Factor;
        if (told.Rank != 3 || told[1] != tokens.Shape[1])
        {
            Need(decoder, $"logits of the token at each place, [N, {places}, V]", $"'{decoder.Name}' returns {told}",
                "end it with [Linear(V)] for each place");
            return;
        }

        long least = Math.Max(told[2].Factor, Math.Max(attribute.Start, attribute.Unknown) + 1L);
        NamedInput.Check(declared, nameof(attribute.Words), decoder, (attribute.Words, tokens), (least, "tokens"), findings);
        if (decoder.Network.Layers.FirstOrDefault(layer => layer.SeesLater) is { } later)
        {
            Need(decoder, "a decoder that tells a token by those before it", $"[{later.Description}] of '{decoder.Name}' sees "
                + "later places", "let it read forwards, or write Causal = true");
        }

        foreach (long rows in model.Network.Computation.Nodes
            .Where(node => node.Operation is Embedding && node.Inputs[1] == model.Network.Input)
            .Select(node => node.Inputs[0].Shape[0].Factor).Where(rows => rows > told[2].Factor))
        {
            Need(decoder, $"logits of all tokens that sequences have, {Spelling.Join(rows)}",
                $"'{decoder.Name}' tells {told[2]}", $"end it with [Linear({Spelling.Join(rows)})]");
        }

        if (attribute.End >= told[2].Factor)
        {
            findings.Add(Catalogue.TokenOutOfVocabulary, declared.SiteOf(nameof(attribute.End)), decoder.Site,
                Spelling.Join(attribute.End), decoder.Name, Spelling.Join(told[2].Factor));
        }

        void Need(LearnedNetwork of, string need, string found, string remedy) =>
            findings.Add(Catalogue.SchemeNeeds, declared.Site, of.Site, declared.Name, need, found, remedy);
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var attribute = (SequenceVariationalAutoencoderAttribute<object>)declared.Attribute;
        long width = trainer.Network.Results[0].Value.Shape[1].Factor / 2;
        LatentNetworks.AddEncode(trainer, "The means of sequences' latent numbers in evaluation mode", width);
        AddWriting(trainer, attribute, width);
        AddBound(trainer, attribute, width);
    }

    protected override void Check(
        SequenceVariationalAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        run.RampUp(declared, attribute.RampUpEpochs, attribute.RampUpSteps);
        if (attribute.WordDropout > 0 && attribute.Unknown < 0)
        {
            run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.WordDropout)), declared.Name,
                "a token for words that are not seen", "Unknown is not given",
                "write Unknown = V + 1, a row more of the decoder's [Embedding]");
        }
        else if (attribute.WordDropout == 0 && declared.Has(nameof(attribute.Unknown)))
        {
            run.Findings.Add(Catalogue.WithoutEffect, declared.SiteOf(nameof(attribute.Unknown)), nameof(attribute.Unknown),
                declared.Name, nameof(attribute.WordDropout)).Offer(declared.Remove(nameof(attribute.Unknown)));
        }
    }

    protected override void Lower(
        SequenceVariationalAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(
            declared.Declaration.Types[0], LatentNetworks.Decoder, "The network that tells sequences of latent numbers");
        Value tokens = step.Read(step.Data);
        long places = tokens.Shape[1].Factor;
        var (mean, logVariance) = NormalLatents.Halves(c, step.Call(step.Model, tokens, "posterior"));
        Value noise = step.Draw(new DrawnNormals("Noise", step.Data.Rows, mean.Shape.Without(0),
            $"ε, of which the latent numbers are drawn, standard normal {mean.Shape}"));
        Value latent = NormalLatents.Draw(c, mean, logVariance, noise);
        Value[] dropped = attribute.WordDropout == 0 ? [] :
        [
            step.Draw(new DrawnEvents("Dropped", step.Data.Rows, places,
                step.Hyperparameter(Technique, attribute, nameof(attribute.WordDropout)),
                $"Which tokens the decoder does not see, at the places where it would, [N, {places}]; the first is not read")),
        ];
        Value losses = Losses(c, attribute, tokens, dropped, seen => step.Call(decoder, [latent, seen], "logits"));
        ExplainedSymbol[] letters =
        [
            new("μ", "the first half of what the network returns, means of z", null, null),
            new("s", "the second half, log variances of z", null, null),
        ];
        step.AddTerm(new Term("Reconstruction", step.Mean("reconstruction", losses), null,
            "−mean Σ log softmax(g(z, x̃))[x], z = μ + exp(s/2)·ε")
        {
            Symbols =
            [
                new("x", "a token", null, null),
                new("x̃", attribute.WordDropout == 0 ? "the tokens before it"
                    : "the tokens before it, of which some are not seen", null, null),
                new("g", "the decoder", null, null),
                .. letters,
                new("ε", "standard normal noise", null, null),
            ],
        });
        Scalar weight = step.GrowsEvenly(Technique, attribute, nameof(attribute.Beta), attribute.RampUpEpochs,
            attribute.RampUpSteps, "The divergence's weight");
        step.AddTerm(new Term("Divergence", step.Mean("divergence", NormalLatents.Divergences(c, mean, logVariance)), weight,
            "½·mean Σ (μ² + exp(s) − s − 1)") { Symbols = letters });
    }

    /// <summary>−log p(x|z) of each sequence, [N].</summary>
    /// <param name="dropped">Which tokens are not seen; none for all seen.</param>
    /// <param name="ask">The decoder's logits of what it sees.</param>
    private static Value Losses(Computation c, SequenceVariationalAutoencoderAttribute<object> attribute, Value tokens,
        Value[] dropped, Func<Value, Value> ask)
    {
        Dim rows = tokens.Shape[0], places = tokens.Shape[1];
        string[] marks = dropped.Length == 0
            ? [Spelling.Join(attribute.Start)] : [Spelling.Join(attribute.Start), Spelling.Join(attribute.Unknown)];
        Value seen = c.Add(
            new RuntimeFunction("LatentSequences.Before", new(marks), tokens.Type), "before", [tokens, .. dropped]);
        Value logits = ask(seen);
        Value ofTokens = c.Add(new Reshape(Shape.Of(rows * places, logits.Shape[2])), "logitRows", logits);
        Value labels = c.Add(new RuntimeFunction("LatentSequences.Labels", new(new[] { Spelling.Join(attribute.End) }),
            new TensorType(Shape.Of(rows * places), ElementType.Int64)), "labels", tokens);
        Value each = c.AddMany(new NegativeLogLikelihood(Reduced.None), ["tokenLosses", "tokenCount"],
            c.Add(new LogSoftmax(), "logProbabilities", ofTokens), labels)[0];
        return c.Add(
            new Sum(1), "sequenceLosses", c.Add(new Reshape(Shape.Of(rows, places)), "lossesBySequence", each));
    }

    private static void AddWriting(
        TrainerProgram trainer, SequenceVariationalAutoencoderAttribute<object> attribute, long width)
    {
        TensorType tokens = trainer.Network.Input.Type;
        string field = trainer.Find("decoder")!.Field, places = Spelling.Join(tokens.Shape[1].Factor);
        string[] marks = [Spelling.Join(attribute.Start), Spelling.Join(attribute.End)];
        var latent = new DrawnNormals("Latent", Stream.Data.Rows, Shape.Of(width), $"Latent numbers, [N, {width}]");
        var numbers = new DrawnReals(
            "Numbers", Stream.Data.Rows, tokens.Shape[1].Factor, 0, 1, $"Numbers that decide tokens, [N, {places}]");
        var sampling = new Computation();
        Value drawn = sampling.Add(new RuntimeFunction("LatentSequences.Draw", new([field, .. marks]), tokens), "drawn",
            Local(latent), Local(numbers));
        trainer.Procedures.Add(new Procedure(
            "Sample", $"Sequences drawn token by token of latent numbers drawn of N(0, 1), {tokens}, in evaluation mode; the "
            + "caller frees them", [new ProcedureParameter("long", "count", "How many, at least 1")], sampling, drawn)
        {
            IsPublic = true,
            Stream = "samples",
            Draws = [latent, numbers],
            Samples = "count",
        });

        var decoding = new Computation();
        Value codes = decoding.Add(new Input("codes", latent.Type), "codes");
        Value decoded = decoding.Add(
            new RuntimeFunction("LatentSequences.Decode", new([field, places, .. marks]), tokens), "decoded", codes);
        trainer.Procedures.Add(new Procedure(
            "Decode", $"The likeliest token of each place, one after another, of latent numbers, {tokens}, in evaluation mode; "
            + "the caller frees them", [new ProcedureParameter("Tensor", "codes", $"Latent numbers, [N, {width}]")], decoding,
            decoded)
        {
            IsPublic = true,
            Samples = "codes.size(0)",
        });

        Value Local(DrawnNumbers draw) => sampling.Add(new Draw(Procedure.Local(draw), draw.Type), Procedure.Local(draw));
    }

    /// <summary>The method that evaluates bounds, and what it asks of each batch: every token is seen there.</summary>
    private static void AddBound(
        TrainerProgram trainer, SequenceVariationalAutoencoderAttribute<object> attribute, long width)
    {
        TensorType input = trainer.Network.Input.Type;
        Player decoder = trainer.Find("decoder")!;
        var c = new Computation();
        var draw = new DrawnNormals("Noise", Stream.Data.Rows, Shape.Of(width), $"Noise, [N, {width}]");
        Value tokens = c.Add(new Input("input", input), "input");
        var (mean, logVariance) = NormalLatents.Halves(
            c, c.Add(new Predict(trainer.Model.Field, trainer.Network.Results[0].Value.Type), "posterior", tokens));
        Value noise = c.Add(new Draw(Procedure.Local(draw), draw.Type), Procedure.Local(draw));
        Value latent = NormalLatents.Draw(c, mean, logVariance, noise);
        Value losses = Losses(c, attribute, tokens, [], seen =>
            c.Add(new Predict(decoder.Field, decoder.Network!.Results[0].Value.Type), "logits", latent, seen));
        trainer.Procedures.Add(new Procedure(
            "BoundTerms", "−log p(x|z), KL(q(z|x) ‖ p(z)) and log p(z) − log q(z|x) at a drawn z, [N, 3]",
            [
                new ProcedureParameter("Tensor", "input", $"Sequences {input.Shape}"),
                new ProcedureParameter("DrawSampler", "sampler", "Where the random numbers come from"),
            ], c, NormalLatents.Columns(c, losses, NormalLatents.Divergences(c, mean, logVariance),
                NormalLatents.Ratio(c, latent, logVariance, noise)))
        {
            Draws = [draw],
            Samples = "input.size(0)",
            Input = "input",
            Evaluation = new ProcedureEvaluation("EvaluateBound", "EvidenceBound", "latent numbers",
                "The evidence lower bound of sequences and its importance-weighted one, in nats a sequence, in evaluation mode. "
                + "Training is not affected"),
        });
    }
}
