using Dsl.Generator.Graph;
using Dsl.Generator.Programs;
using Operations = Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class LeakyReLULayer : Layer<LeakyReLUAttribute>
{
    protected override string Arguments(LeakyReLUAttribute attribute) => Scalar.Literal(attribute.NegativeSlope);

    protected override Value? Lower(LeakyReLUAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.LeakyReLU(attribute.NegativeSlope), context.Variable, input);
}

internal sealed class PReLULayer : Layer<PReLUAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(PReLUAttribute attribute) => attribute.PerChannel ? "per channel" : "";

    protected override Value? Lower(PReLUAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.PReLU(), context.Variable, input,
            context.Parameter(
                "weight", Shape.Of(attribute.PerChannel ? input.Shape[1] : 1), new Initialization.Constant(attribute.Initial)));
}

internal sealed class ELULayer : Layer<ELUAttribute>
{
    protected override string Arguments(ELUAttribute attribute) => attribute.Alpha == 1 ? "" : Scalar.Literal(attribute.Alpha);

    protected override Value? Lower(ELUAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.ELU(attribute.Alpha), context.Variable, input);
}

internal sealed class GELULayer : Layer<GELUAttribute>
{
    protected override string Arguments(GELUAttribute attribute) => attribute.Approximate ? "approximate" : "";

    protected override Value? Lower(GELUAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.GELU(attribute.Approximate), context.Variable, input);
}

internal sealed class SiLULayer : Layer<SiLUAttribute>
{
    protected override Value? Lower(SiLUAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.SiLU(), context.Variable, input);
}

internal sealed class MishLayer : Layer<MishAttribute>
{
    protected override Value? Lower(MishAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.Mish(), context.Variable, input);
}

internal sealed class TanhLayer : Layer<TanhAttribute>
{
    protected override Value? Lower(TanhAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.Tanh(), context.Variable, input);
}

internal sealed class SigmoidLayer : Layer<SigmoidAttribute>
{
    protected override Value? Lower(SigmoidAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.Sigmoid(), context.Variable, input);
}

internal sealed class SoftplusLayer : Layer<SoftplusAttribute>
{
    protected override string Arguments(SoftplusAttribute attribute) => attribute.Beta == 1 ? "" : Scalar.Literal(attribute.Beta);

    protected override Value? Lower(SoftplusAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.Softplus(attribute.Beta, attribute.Threshold), context.Variable, input);
}

internal sealed class HardSwishLayer : Layer<HardSwishAttribute>
{
    protected override Value? Lower(HardSwishAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new Operations.HardSwish(), context.Variable, input);
}
