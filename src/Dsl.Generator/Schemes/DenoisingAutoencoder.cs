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
    public override IReadOnlyList<string> Heads => [LatentNetworks.Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        LatentNetworks.Check(declared, networks, findings);

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer) =>
        LatentNetworks.AddReconstruct(
            trainer, Likelihood.Gaussian, "Samples, corrupted or not, as the networks restore them in evaluation mode");

    protected override void Lower(
        DenoisingAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(declared.Declaration.Types[0], LatentNetworks.Decoder, "The network that restores samples");
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

        Value errors = LatentNetworks.Errors(c, Likelihood.Gaussian, clean, restored);
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
