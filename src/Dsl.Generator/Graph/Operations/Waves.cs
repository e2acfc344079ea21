using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>sin x, element by element.</summary>
internal sealed record SineWave : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        context.Accumulate(
            x, context.Add(new Multiply(), x, gradients[0]!, context.Computation.Add(new CosineWave(), x.Hint + "Cos", x)));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.sin()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Sin")];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.sin_()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>cos x, element by element.</summary>
internal sealed record CosineWave : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], sine = context.Computation.Add(new SineWave(), x.Hint + "Sin", x);
        context.Accumulate(
            x, context.Add(new Scale(-1), x, context.Computation.Add(new Multiply(), x.Hint + "Slope", gradients[0]!, sine)));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.cos()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Cos")];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.cos_()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}
