using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class VectorQuantizedAutoencoder : Scheme<VectorQuantizedAutoencoderAttribute<object>>
{
    private const string Codebook = "_codebook";

    public override IReadOnlyList<string> Heads => [LatentNetworks.Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        LatentNetworks.Check(declared, networks, findings);

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var likelihood = ((VectorQuantizedAutoencoderAttribute<object>)declared.Attribute).Likelihood;
        TensorType input = trainer.Network.Input.Type, output = trainer.Network.Results[0].Value.Type;
        TensorType places = new(output.Shape.Without(1), ElementType.Int64);
        var encoding = new Computation();
        Value found = encoding.Add(new StateFunction(Codebook, "Nearest", places), "places",
            LatentNetworks.Code(encoding, trainer, "input", null));
        Add("Encode", $"The places of samples' codes in evaluation mode, {places.Shape}, int64", encoding, found);

        var decoding = new Computation();
        Value codes = decoding.Add(new StateFunction(Codebook, "At", output), "vectors",
            decoding.Add(new Input("codes", places), "codes"));
        trainer.Procedures.Add(new Procedure(
            "Decode", $"What the decoder in evaluation mode makes of codes, {input.Shape}; the caller frees it",
            [new ProcedureParameter(
                "Tensor", "codes", $"Places of codes, {places.Shape}, int64, each below the number of codes")],
            decoding, LatentNetworks.Decode(decoding, trainer, likelihood, codes)) { IsPublic = true });

        var both = new Computation();
        Value vectors = LatentNetworks.Code(both, trainer, "input", null);
        Value nearest = both.Add(new Add(), "nearest", vectors,
            both.Add(new StateFunction(Codebook, "Offset", output), "offset", vectors));
        Add("Reconstruct", $"Samples as the networks give them back by codes in evaluation mode, {input.Shape}", both,
            LatentNetworks.Decode(both, trainer, likelihood, nearest));

        void Add(string name, string summary, Computation computation, Value result) => trainer.Procedures.Add(new Procedure(
            name, $"{summary}; the caller frees them", [new ProcedureParameter("Tensor", "input", $"Samples, {input.Shape}")],
            computation, result) { IsPublic = true, Input = "input" });
    }

    protected override void Lower(
        VectorQuantizedAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(
            declared.Declaration.Types[0], LatentNetworks.Decoder, "The network that makes samples of codes");
        Value samples = LatentNetworks.Read(step, attribute.Likelihood);
        Value vectors = step.Call(step.Model, samples, "vectors");
        long width = vectors.Shape[1].Factor;
        step.AddState(new StateNode("codebook", Codebook, $"codes, [{attribute.Codes}, {width}]",
            $"new Codebook(\"codebook\", {Spelling.Join(attribute.Codes, width)}, {step.Model.Arena}.Values.dtype, _device)")
        {
            Type = "Codebook",
            Members = [("codebook", "Codes"), ("codebook.sums", "Sums"), ("codebook.counts", "Counts")],
            Waits = true,
            Start = $"{Codebook}.Start(Seed);",
        });

        // Constant, so that the decoder's gradient goes on into the vectors as it is.
        Value offset = c.Add(new StateFunction(Codebook, "Offset", vectors.Type), "offset", vectors);
        Value told = step.Call(decoder, c.Add(new Add(), "codes", vectors, offset), "told");
        Value errors = LatentNetworks.Errors(c, attribute.Likelihood, samples, told);
        ExplainedSymbol[] symbols =
        [
            new("x", "a sample", null, null),
            new("f", "the network", null, null),
            new("h", "the decoder", null, null),
            new("e", "the codes nearest to f(x), constant", null, null),
        ];
        step.AddTerm(new Term("Reconstruction", step.Mean("reconstruction", errors), null,
            attribute.Likelihood == Likelihood.Gaussian
                ? "mean (h(e) − x)²" : "−mean (x·log σ(h(e)) + (1 − x)·log(1 − σ(h(e))))") { Symbols = symbols });
        Value nearest = c.Add(new StopGradient(), "nearest", c.Add(new Add(), "moved", vectors, offset));
        Value distances = c.Add(new Square(), "squaredDistances", c.Add(new Subtract(), "distances", vectors, nearest));
        step.AddTerm(new Term("Commitment", step.Mean("commitment", distances),
            step.Hyperparameter(attribute, nameof(attribute.Commitment)), "mean (f(x) − e)²") { Symbols = symbols });

        Value perplexity = c.Add(
            new StateFunction(Codebook, "Perplexity", new TensorType(Shape.Scalar)), "perplexity", vectors);
        step.Trainer.Reports.Add(new StepReport("Perplexity", step.PartOfMean("perplexityPart", perplexity, samples.Shape),
            "How many codes the batch uses, as if each were used alike: e to the entropy of their shares."));
        c.AddEffect(new StateCall(Codebook, "Offer", new EquatableArray<string>([
            step.Hyperparameter(attribute, nameof(attribute.Decay)).Code,
            step.Hyperparameter(attribute, nameof(attribute.Restart)).Code])), vectors);
    }
}
