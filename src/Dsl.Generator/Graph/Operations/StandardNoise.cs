using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Standard normal noise in the shape of the input, which it depends on in nothing else; zeros in evaluation
/// mode.</summary>
/// <remarks>The explicit target spells training; the autograd one follows the module's mode.</remarks>
internal sealed record StandardNoise : Operation
{
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override bool ReadsDropoutStream => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"LayerNoise.Sample({spelling[0]}, DropoutStream)";

    public override string Autograd(Spelling spelling) => $"LayerNoise.Apply({spelling[0]}, training, DropoutStream)";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [Spelling.OnnxNumber(0)];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}
