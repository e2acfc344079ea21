using System;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class BayesianLinearLayer : Layer<BayesianLinearAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(BayesianLinearAttribute attribute) => $"{attribute.Features}";

    protected override Value? Lower(BayesianLinearAttribute attribute, Value input, LayerContext context)
    {
        long features = input.Shape[-1].Factor;
        var mean = new Initialization.UniformFanIn(features);

        // The inverse of log(1 + eˣ), of small and of large deviations.
        var raw = new Initialization.Constant(attribute.Deviation + Math.Log(1 - Math.Exp(-attribute.Deviation)));
        Value weight = Drawn("weight", Shape.Of(attribute.Features, features));
        return attribute.Bias
            ? context.Computation.Add(
                new Linear(), context.Variable, input, weight, Drawn("bias", Shape.Of(attribute.Features)))
            : context.Computation.Add(new Linear(), context.Variable, input, weight);

        Value Drawn(string name, Shape shape)
        {
            Computation c = context.Computation;
            string variable = context.Variable + char.ToUpperInvariant(name[0]) + name.Substring(1);
            Value mu = context.Parameter("mu_" + name, shape, mean), rho = context.Parameter("rho_" + name, shape, raw);
            context.AddPosterior("mu_" + name, "rho_" + name);
            Value deviation = c.Add(Softplus.Exact, variable + "Deviation", rho);
            Value noise = c.Add(new StandardNoise(), variable + "Noise", mu);
            return c.Add(new Add(), variable, mu, c.Add(new Multiply(), variable + "Drawn", deviation, noise));
        }
    }
}
