using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A function applied to each element of the input. A transcendental function counts as one operation.</summary>
internal abstract record Activation : Operation
{
    /// <summary>Operations for each element.</summary>
    protected abstract int Cost { get; }

    protected abstract ActivationBackward Derivative { get; }

    /// <summary>Whether the derivative reads the result instead of the input, which then need not be kept.</summary>
    protected virtual bool ReadsResult => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            Derivative, node.Inputs[0], gradients[0]!, ReadsResult ? node.Output : node.Inputs[0]));

    public override long Flops(Node node) => Cost * node.Output.Shape.ElementsPerSample;
}

/// <summary>
/// The gradient through an activation by aten's function for it. Inputs: the gradient, and the activation's input or result.
/// </summary>
/// <param name="Function">The function, whose first arguments are the gradient and the other input.</param>
/// <param name="After">Settings that it takes behind them.</param>
/// <param name="HasOut">Whether it can write over its gradient.</param>
/// <param name="TakesBias">Whether the runtime has it together with a bias's gradient.</param>
internal sealed record ActivationBackward(string Function, string After = "", bool HasOut = true, bool TakesBias = false)
    : BackwardOperation, IBiasedDerivative
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => Function switch
    {
        "sigmoid_backward" => $"{spelling[0]} * {spelling[1]} * ({spelling.Number(1)} - {spelling[1]})",
        "tanh_backward" => $"{spelling[0]} * ({spelling.Number(1)} - {spelling[1]} * {spelling[1]})",
        _ => null,
    };

    public override string Explicit(Spelling spelling) => $"Aten.{Function}({Arguments(spelling)})";

    public override string? ExplicitInPlace(Spelling spelling) =>
        HasOut ? $"Aten.{Function}_({Arguments(spelling)})" : null;

    public string WithBias(Spelling spelling, string ending, string bias) =>
        $"Aten.{Function}{ending}({Arguments(spelling)}, {bias})";

    private string Arguments(Spelling spelling) =>
        $"{spelling[0]}, {spelling[1]}{(After == "" ? "" : ", " + After)}";
}

/// <summary>x above zero, slope·x below.</summary>
internal sealed record LeakyReLU(double Slope) : Activation
{
    protected override int Cost => 2;

    // The result has the sign of the input, since the slope is not negative.
    protected override bool ReadsResult => true;

    protected override ActivationBackward Derivative => new("leaky_relu_backward", After: Scalar.Literal(Slope), TakesBias: true);

    public override string Autograd(Spelling spelling) => $"Aten.leaky_relu({spelling[0]}, {Scalar.Literal(Slope)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("LeakyRelu")}.With(\"alpha\", {Spelling.Single(Slope)})"];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.leaky_relu_({spelling[0]}, {Scalar.Literal(Slope)})";
}

/// <summary>x above zero, α·(eˣ − 1) below.</summary>
internal sealed record ELU(double Alpha) : Activation
{
    protected override int Cost => 3;

    protected override bool ReadsResult => true;

    protected override ActivationBackward Derivative => new("elu_backward", After: Scalar.Literal(Alpha), TakesBias: true);

    public override string Autograd(Spelling spelling) => $"Aten.elu({spelling[0]}, {Scalar.Literal(Alpha)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("Elu")}.With(\"alpha\", {Spelling.Single(Alpha)})"];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.elu_({spelling[0]}, {Scalar.Literal(Alpha)})";
}

/// <summary>x·Φ(x), or its approximation by a hyperbolic tangent.</summary>
internal sealed record GELU(bool Approximate) : Activation
{
    protected override int Cost => Approximate ? 9 : 5;

    protected override ActivationBackward Derivative => new("gelu_backward", After: Kind, TakesBias: true);

    private string Kind => Approximate ? "\"tanh\"" : "\"none\"";

    public override string Explicit(Spelling spelling) => $"Aten.gelu({spelling[0]}, {Kind})";

    public override string Autograd(Spelling spelling) =>
        $"{spelling[0]}.gelu({(Approximate ? "global::TorchSharp.Modules.GELU.Approximate.tanh" : "")})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"{spelling.Onnx("Gelu")}.With(\"approximate\", {Kind})"];
}

/// <summary>x·σ(x).</summary>
internal sealed record SiLU : Activation
{
    protected override int Cost => 5;

    protected override ActivationBackward Derivative => new("silu_backward", TakesBias: true);

    public override string Explicit(Spelling spelling) => $"Aten.silu({spelling[0]})";

    public override string Autograd(Spelling spelling) => $"nn.functional.silu({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Mul", spelling[0], spelling.Onnx("Sigmoid"))];
}

/// <summary>x·tanh(ln(1 + eˣ)).</summary>
internal sealed record Mish : Activation
{
    protected override int Cost => 5;

    protected override ActivationBackward Derivative => new("mish_backward", HasOut: false);

    public override string Autograd(Spelling spelling) => $"Aten.mish({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Mish")];
}

/// <summary>The hyperbolic tangent.</summary>
internal sealed record Tanh : Activation
{
    protected override int Cost => 1;

    protected override bool ReadsResult => true;

    protected override ActivationBackward Derivative => new("tanh_backward", TakesBias: true);

    public override string Autograd(Spelling spelling) => $"nn.functional.tanh({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Tanh")];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.tanh_({spelling[0]})";
}

/// <summary>1/(1 + e⁻ˣ).</summary>
internal sealed record Sigmoid : Activation
{
    protected override int Cost => 4;

    protected override bool ReadsResult => true;

    protected override ActivationBackward Derivative => new("sigmoid_backward", TakesBias: true);

    public override string? Element(ElementSpelling spelling) =>
        $"{spelling.Number(1)} / ({spelling.Number(1)} + {spelling.Call("exp", $"-{spelling[0]}")})";

    public override string Autograd(Spelling spelling) => $"nn.functional.sigmoid({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Sigmoid")];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.sigmoid_({spelling[0]})";
}

/// <summary>ln(1 + e^(βx))/β; x itself where βx lies above the threshold.</summary>
internal sealed record Softplus(double Beta, double Threshold) : Activation
{
    /// <summary>log(1 + eˣ) for exact numbers: beyond the threshold it is x in double precision too.</summary>
    public static readonly Softplus Exact = new(1, 40);

    protected override int Cost => 4;

    protected override ActivationBackward Derivative => new("softplus_backward", After: Settings, HasOut: false);

    private string Settings => $"{Scalar.Literal(Beta)}, {Scalar.Literal(Threshold)}";

    public override string Autograd(Spelling spelling) => $"Aten.softplus({spelling[0]}, {Settings})";

    public override IReadOnlyList<string> Onnx(Spelling spelling)
    {
        string scaled = Beta == 1 ? spelling[0] : Spelling.OnnxNode("Mul", spelling[0], Spelling.OnnxNumber(Beta));
        string soft = Spelling.OnnxNode("Softplus", scaled);
        if (Beta != 1) soft = Spelling.OnnxNode("Div", soft, Spelling.OnnxNumber(Beta));

        // ONNX has no threshold; beyond this one the two are equal in single precision.
        const double unseen = 20;
        if (Threshold >= unseen) return [soft];
        string isBeyond = Spelling.OnnxNode("Greater", scaled, Spelling.OnnxNumber(Threshold));
        return [Spelling.OnnxNode("Where", isBeyond, spelling[0], soft)];
    }
}

/// <summary>x·min(max(x + 3, 0), 6)/6.</summary>
internal sealed record HardSwish : Activation
{
    protected override int Cost => 5;

    // Between −3 and 3 the derivative is 1/2 + x/3.
    protected override ActivationBackward Derivative => new("hardswish_backward");

    public override string Autograd(Spelling spelling) => $"nn.functional.hardswish({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("HardSwish")];
}
