using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Reptile : EpisodeScheme<ReptileAttribute>
{
    public override string ReplacedNotation => "½·mean Σ (θ − φ)²";

    public override IReadOnlyList<ExplainedSymbol> ReplacedSymbols(SchemeAttribute attribute) =>
    [
        new("θ", "the network's parameters", null, null),
        new("φ", "parameters after inner steps on the samples of a task, held constant", null, null),
    ];

    protected override string Rate => nameof(ReptileAttribute.InnerRate);

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        var attribute = (ReptileAttribute)declared.Attribute;
        Computation c = step.Computation;
        Begin(step);
        Value support = Input(step, Support), queried = Input(step, Query), own = step.Parameters(step.Model, "parameters"),
        parameters = own;
        for (int i = 0; i < attribute.InnerSteps; i++)
        {
            var (part, input) = i % 2 == 0 ? (Support, support) : (Query, queried);
            Value loss = Loss(step, part, input, parameters, objective);
            parameters = Descend(attribute, step, parameters, step.Gradient(loss, parameters, "innerGradient"));
        }

        // Its gradient is θ − φ.
        Value distance = c.Add(
            new Subtract(), "distance", own, c.Add(new StopGradient(), "reached", parameters));
        Value half = c.Add(new Scale(0.5), "halfSquare", c.Add(new SumAll(), "square", c.Add(new Square(), "squares", distance)));
        return c.Add(new DivideBy(Scalar.Of(Stream.Episodes.Rows)), "reptile", half);
    }

    protected override int InnerSteps(ReptileAttribute attribute) => attribute.InnerSteps;
}
