using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class BayesByBackprop : Scheme<BayesByBackpropAttribute>
{
    public override bool NeedsLabeledObjective => true;

    public override bool NeedsClasses => false;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var model = networks[0];
        if (model.Network.IsOpaque || model.Network.LearnedPosteriors.Any()) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, "weights that are drawn",
            $"'{model.Name}' learns the distribution of none", "write [BayesianLinear(...)] in the place of [Linear(...)]")
            .Offer(declared.Remove());
    }

    protected override void Lower(BayesByBackpropAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var network = step.Model.Network!;
        string places = string.Join(", ", network.LearnedPosteriors.Select(posterior =>
            $"({Spelling.Join(Offset(posterior.Mean), Offset(posterior.Raw), posterior.Mean.Shape.ElementsPerSample)})"));
        long Offset(NetworkParameter parameter) => network.Layout.OffsetOf(parameter);
        var state = step.AddState(new StateNode("posterior", "_posterior", "where means and deviations of drawn weights lie",
            $"new WeightPosterior({step.Model.Arena}, {Scalar.Literal(attribute.PriorDeviation)}, [{places}])")
        {
            Type = "WeightPosterior",
            IsDeclared = true,
        });
        Scalar weight = step.Hyperparameter(attribute, nameof(attribute.Weight));
        const string share = "BayesByBackpropShare";
        step.AddFunction(new StepFunction(share, "The divergence's part in a mean over samples.",
            [$"return {weight.Code} / (StepsPerEpoch * (double)BatchSize);"]));
        Value divergence = step.Penalty(state, "complexity");
        step.AddTerm(new Term("Complexity", step.PartOfMean("complexityPart", divergence, step.Data.Type.Shape),
            new Scalar.AtStep(share), "½·sum ((μ² + σ²)/σ_p² − 1 − log (σ²/σ_p²))")
        {
            Symbols =
            [
                new("μ", "the mean of a drawn weight", null, null),
                new("σ", "its deviation", null, null),
                new("σ_p", "the prior's", null, Scalar.Literal(attribute.PriorDeviation)),
            ],
        });
    }
}
