using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Operations that go element by element, and sums and means of what they compute, as one loop. Inputs: the operands, of
/// one shape, then numbers without dimensions. Results: tensors of that shape, then sums and means.</summary>
/// <param name="Method">The method of the generated trainer.</param>
/// <param name="Nodes">What it computes, in order, of the values in <paramref name="Operands"/> and
/// <paramref name="Numbers"/>.</param>
/// <param name="Operands">Values of one shape.</param>
/// <param name="Numbers">Values without dimensions.</param>
/// <param name="Hosted">Numbers that the host computes, under the names that the operations in <paramref name="Nodes"/> know them
/// by.</param>
/// <param name="Tensors">What is read of the tensors that it computes.</param>
/// <param name="Sums">What is read of its sums and means.</param>
internal sealed record ElementRegion(
    string Method, IReadOnlyList<Node> Nodes, IReadOnlyList<Value> Operands, IReadOnlyList<Value> Numbers,
    IReadOnlyList<(string Name, Scalar Number)> Hosted, IReadOnlyList<Value> Tensors, IReadOnlyList<Value> Sums)
    : BackwardOperation
{
    public override IEnumerable<string> Symbols => Hosted.SelectMany(hosted => hosted.Number.Symbols).Distinct();

    /// <summary>What is read of all that it computes.</summary>
    public IEnumerable<Value> Given => Tensors.Concat(Sums);

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [.. Given.Select(value => value.Type)];

    public override string Explicit(Spelling spelling) =>
        $"{Method}({string.Join(", ", new[] { spelling.All }.Concat(Hosted.Select(hosted => hosted.Number.Code)))})";

    public override long Flops(Node node) => Nodes.Sum(member => member.Operation.Flops(member));

    public override string ToString() => $"{Method} {{ {string.Join("; ", Nodes.Select(node => node.Operation))} }}";
}
