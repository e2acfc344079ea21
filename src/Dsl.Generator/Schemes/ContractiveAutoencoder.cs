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

internal sealed class ContractiveAutoencoder : Scheme<ContractiveAutoencoderAttribute<object>>
{
    public override IReadOnlyList<string> Heads => [LatentNetworks.Decoder];

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override string AutogradReason => "differentiates a gradient";

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        LatentNetworks.Check(declared, networks, findings);
        var model = networks[0];
        if (!model.Network.KnowsResults) return;
        if (model.Network.Results[0].Value.Shape.Rank != 2)
        {
            Need("a code of numbers, [N, D]", $"'{model.Name}' returns {model.Network.Results[0].Value.Shape}",
                "end it with [Flatten]");
        }
        else if (model.Network.Computation.Nodes.Any(node => node.Operation is BatchNormalization))
        {
            Need("a network that sees each sample alone",
                $"'{model.Name}' has a batch normalisation, by which the code of a sample depends on the others",
                "use [LayerNorm], or none");
        }

        void Need(string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        var likelihood = ((ContractiveAutoencoderAttribute<object>)declared.Attribute).Likelihood;
        LatentNetworks.AddReconstruct(trainer, likelihood, "Samples as the networks give them back in evaluation mode");
        LatentNetworks.AddInterpolate(trainer, likelihood);
    }

    protected override void Lower(
        ContractiveAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(declared.Declaration.Types[0], LatentNetworks.Decoder, "The network that gives samples back");
        Value samples = step.Watch(LatentNetworks.Read(step, attribute.Likelihood), "watched");
        Value codes = step.Call(step.Model, samples, "codes");
        LatentNetworks.AddReconstruction(step, attribute.Likelihood, samples, step.Call(decoder, codes, "restored"));

        // Each number of a code depends on its own sample alone: the gradient of a sum over samples has that of each.
        Value? squares = null;
        for (long j = 0; j < codes.Shape[1].Factor; j++)
        {
            Value number = c.Add(new SumAll(), $"number{j}", c.Add(new Slice(1, j, 1), $"numbers{j}", codes));
            Value slopes = c.Add(new Square(), $"squaredSlopes{j}", step.GradientOfTerm(number, samples, $"slopes{j}"));
            Value sum = LatentNetworks.SumOfSample(c, $"contraction{j}", slopes);
            squares = squares is null ? sum : c.Add(new Add(), $"contractions{j}", squares, sum);
        }

        step.AddTerm(new Term("Contraction", step.Mean("contraction", squares!),
            step.Hyperparameter(attribute, nameof(attribute.Contraction)), "mean ‖∇f(x)‖²")
        {
            Symbols =
            [
                new("x", "a sample", null, null),
                new("f", "the network, each number of whose code has a gradient", null, null),
            ],
        });
    }
}
