using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class InformationBottleneck : Objective<InformationBottleneckAttribute>
{
    public override bool IsRegularizer => true;

    public override Prediction Reads => Prediction.Values;

    protected override string Notation => "β·mean Σ (½·(μ² + σ² − 1) − log σ)";

    protected override IReadOnlyList<Symbol> Symbols(InformationBottleneckAttribute attribute) =>
    [
        new("β", "what a nat about the input costs", nameof(attribute.Beta)),
        new("μ", "the means of the features that are drawn"),
        new("σ", "their deviations"),
    ];

    protected override void Check(InformationBottleneckAttribute attribute, ResultCheck result)
    {
        if (result.UsesOf(result.Result).Any(IsDrawn)) return;
        string read = attribute.Of is { } name ? $"\"{name}\"" : "the output";
        result.Report(Catalogue.SchemeNeeds, attribute.Of is null ? null : nameof(attribute.Of), result.Name,
            "features that are drawn", $"nothing is drawn of {read} of '{result.ModelName}', {result.Result.Shape}",
            "write [Tag(\"code\"), NormalSample] behind a layer of 2·Z features, and Of = \"code\"");

        bool IsDrawn(Node half) => half.Operation is Slice
            && result.UsesOf(half.Output).Any(node => node.Operation is StandardNoise);
    }

    protected override Value Lower(InformationBottleneckAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        var (mean, deviation) = NormalCode.Halves(c, compared.Result, "code");
        Value squares = c.Add(
            new Add(), "squares", c.Add(new Square(), "squaredMean", mean), c.Add(new Square(), "variance", deviation));
        Value halves = c.Add(new Scale(0.5), "halfExcess", c.Add(new AddNumber(-1), "excess", squares));
        Value divergences = c.Add(
            new Subtract(), "divergences", halves, c.Add(new Logarithm(), "logDeviation", deviation));
        Value ofSamples = c.Add(new SumOver(new(Enumerable.Range(1, divergences.Shape.Rank - 1))), "information", divergences);
        return c.Add(new Scale(compared.Hyperparameter(attribute, nameof(attribute.Beta))), "bottleneck",
            compared.Step.Mean("meanInformation", ofSamples));
    }
}
