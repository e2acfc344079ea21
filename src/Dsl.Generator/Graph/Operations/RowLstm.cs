using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// A long short-term memory along the rows of images. Inputs: x [N, C, H, W], the inputs' weight [4S, C, (k+1)/2], the states'
/// weight [4S, S, k], bias [4S]. Results: the states [N, S, H, W], and what the way back needs besides, the gates [H, N, 4S, W]
/// and the cells [H, N, S, W].
/// </summary>
internal sealed record RowLstm() : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Dim gates = inputs[2].Shape[0], states = inputs[2].Shape[1];
        return
        [
            new(x.With(1, states)),
            new(new Shape(new([x[2], x[0], gates, x[3]]))),
            new(new Shape(new([x[2], x[0], states, x[3]]))),
        ];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        var results = context.Computation.AddMany(
            new RowLstmBackward(context.Wants(node.Inputs[0])),
            [.. node.Inputs.Where(input => input != node.Inputs[0] || context.Wants(input)).Select(GradientContext.Name)],
            [gradients[0]!, node.Inputs[0], node.Inputs[1], node.Inputs[2], .. node.Outputs]);
        int first = 4 - results.Count;
        for (int i = first; i < 4; i++)
        {
            if (context.Wants(node.Inputs[i])) context.Accumulate(node.Inputs[i], results[i - first]);
        }
    }

    public override string Explicit(Spelling spelling) => $"RowLstmRecurrence.Forward({spelling.All})";

    public override string Autograd(Spelling spelling) => $"RowLstmRecurrence.Apply({spelling.All})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"onnx.RowLstm({spelling.All}, {Spelling.Join(spelling.Node.Inputs[0].Shape[2].Factor)})"];

    public override long Flops(Node node)
    {
        long states = node.Output.Shape.ElementsPerSample;
        long products = node.Inputs[1].Shape.Without(0).ElementsPerSample + node.Inputs[2].Shape.Without(0).ElementsPerSample;

        // Four sums with biases; then gates, a tanh and what joins them.
        return (2 * 4 * states * products) + ((4 + 9) * states);
    }
}

/// <summary>Gradients of x, where it is wanted, both weights and the bias. Inputs: gradient of the states, x, both weights,
/// states, gates, cells.</summary>
/// <param name="OfInput">Whether the gradient of x is the first result.</param>
internal sealed record RowLstmBackward(bool OfInput) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
    [
        .. OfInput ? new[] { inputs[1].Type } : [], inputs[2].Type, inputs[3].Type, new(Shape.Of(inputs[2].Shape[0])),
    ];

    public override string Explicit(Spelling spelling) =>
        $"RowLstmRecurrence.Backward({spelling.All}, {Spelling.Bool(OfInput)})";

    public override string Results(IReadOnlyList<string> targets) =>
        $"({string.Join(", ", OfInput ? targets : [Discard, .. targets])})";
}
