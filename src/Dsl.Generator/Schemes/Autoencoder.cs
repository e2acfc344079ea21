using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Autoencoder : Scheme<AutoencoderAttribute<object>>
{
    public override IReadOnlyList<string> Heads => [LatentNetworks.Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        LatentNetworks.Check(declared, networks, findings);

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var likelihood = ((AutoencoderAttribute<object>)declared.Attribute).Likelihood;
        LatentNetworks.AddReconstruct(trainer, likelihood, "Samples as the networks give them back in evaluation mode");
        LatentNetworks.AddInterpolate(trainer, likelihood);
    }

    protected override void Lower(AutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Player decoder = step.Head(declared.Declaration.Types[0], LatentNetworks.Decoder, "The network that gives samples back");
        Value samples = LatentNetworks.Read(step, attribute.Likelihood);
        Value codes = step.Call(step.Model, samples, "codes");
        Value told = step.Call(decoder, codes, "restored");
        LatentNetworks.AddReconstruction(step, attribute.Likelihood, samples, told);
        if (attribute.Sparsity == 0) return;
        Value sizes = LatentNetworks.SumOfSample(
            step.Computation, "codeSizes", step.Computation.Add(new Absolute(), "magnitudes", codes));
        step.AddTerm(new Term("Sparsity", step.Mean("sparsity", sizes),
            step.Hyperparameter(attribute, nameof(attribute.Sparsity)), "mean Σ |f(x)|")
        {
            Symbols = [new("x", "a sample", null, null), new("f", "the network", null, null)],
        });
    }
}
