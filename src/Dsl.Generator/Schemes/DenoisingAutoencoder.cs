using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class DenoisingAutoencoder : Scheme<DenoisingAutoencoderAttribute<object>>
{
    private const string Decoder = "Decoder";

    public override IReadOnlyList<string> Heads => [Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (model, decoder) = (networks[0], networks[1]);
        TensorType input = model.Network.Input.Type;
        if (input.Element != ElementType.Float)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, "samples of real numbers",
                $"'{model.Name}' takes {input}", "let it take numbers that can be restored, such as embeddings of the integers");
            return;
        }

        if (!decoder.Network.KnowsResults || decoder.Network.Results[0].Value.Type is var restored && restored == input) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, decoder.Site, declared.Name, "a decoder that gives samples back",
            $"'{decoder.Name}' returns {decoder.Network.Results[0].Value.Type} and '{model.Name}' takes {input}",
            input.Shape.Rank == 2 ? $"end it with [Linear({input.Shape[1]})]"
                : $"end it with [Linear({input.Shape.Without(0).ElementsPerSample}), "
                    + $"Reshape({string.Join(", ", input.Shape.Without(0).Dims)})]");
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        TensorType input = trainer.Network.Input.Type;
        var computation = new Computation();
        Value features = computation.Add(
            new Predict(trainer.Model.Field, trainer.Network.Results[0].Value.Type), "features",
            computation.Add(new Input("input", input), "input"));
        Value restored = computation.Add(new Predict(trainer.Find("decoder")!.Field, input), "restored", features);
        trainer.Procedures.Add(new Procedure(
            "Reconstruct", $"Samples as the networks restore them in evaluation mode, {input.Shape}; the caller frees them",
            [new ProcedureParameter("Tensor", "input", $"Samples, corrupted or not, {input.Shape}")], computation, restored)
        {
            IsPublic = true,
            Input = "input",
        });
    }

    protected override void Lower(
        DenoisingAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(declared.Declaration.Types[0], Decoder, "The network that restores samples");
        Value clean = step.Read(step.Data), corrupted = clean;
        Shape sample = clean.Shape.Without(0);
        if (attribute.Deviation > 0)
        {
            Value numbers = step.Draw(new DrawnNormals(
                "Noise", step.Data.Rows, sample, $"What is added, in standard deviations, {clean.Shape}"));
            Scalar deviation = step.Hyperparameter(attribute, nameof(attribute.Deviation));
            corrupted = c.Add(new Add(), "noisy", corrupted, c.Add(new Scale(deviation), "noise", numbers));
        }

        if (attribute.Masking > 0)
        {
            Scalar masking = step.Hyperparameter(attribute, nameof(attribute.Masking));
            Value masked = step.Draw(new DrawnEvents("Masked", step.Data.Rows, sample.ElementsPerSample, masking,
                $"Which numbers of a sample are masked, [N, {sample.ElementsPerSample}]"));
            corrupted = c.Add(new RuntimeFunction("InputMasking.Apply", default, clean.Shape), "corrupted", corrupted, masked);
        }

        Value restored = step.Call(decoder, step.Call(step.Model, corrupted, "features"), "restored");

        // The difference is of the sample, and not of the result: the decoder may need its result for its derivative, as tanh
        // does.
        Value errors = c.Add(new Square(), "squaredErrors", c.Add(new Subtract(), "errors", clean, restored));
        step.AddTerm(new Term("Reconstruction", step.Mean("reconstruction", errors), null, "mean (h(f(x̃)) − x)²")
        {
            Symbols =
            [
                new("x", "a sample", null, null),
                new("x̃", "the sample, corrupted", null, null),
                new("f", "the network", null, null),
                new("h", "the decoder", null, null),
            ],
        });
    }
}
