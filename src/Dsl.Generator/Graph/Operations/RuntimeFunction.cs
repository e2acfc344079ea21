using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A function of the runtime through which no gradient passes: nothing is learned in front of it.</summary>
/// <param name="Function">Class and method; its first arguments are the inputs.</param>
/// <param name="Arguments">The arguments behind them.</param>
/// <param name="Outputs">What it returns: a tensor, or a tuple of several.</param>
internal sealed record RuntimeFunction(string Function, EquatableArray<string> Arguments, EquatableArray<TensorType> Outputs)
    : Operation
{
    /// <summary>A function that returns one tensor.</summary>
    public RuntimeFunction(string function, EquatableArray<string> arguments, TensorType result)
        : this(function, arguments, new EquatableArray<TensorType>([result]))
    {
    }

    /// <summary>A function that returns one tensor of floating values.</summary>
    public RuntimeFunction(string function, EquatableArray<string> arguments, Shape result)
        : this(function, arguments, new TensorType(result))
    {
    }

    /// <summary>The method of the graph of ONNX that does the same; null where a model's own pass does not call the
    /// function.</summary>
    public string? OnnxMethod { get; init; }

    public override bool CarriesGradient => false;

    public override bool AutogradGivesAll => Outputs.Count > 1;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [.. Outputs];

    public override string Explicit(Spelling spelling)
    {
        var inputs = Enumerable.Range(0, spelling.Count).Select(input => spelling[input]);
        return $"{Function}({string.Join(", ", inputs.Concat(Arguments))})";
    }

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        OnnxMethod is null ? [] : [$"onnx.{OnnxMethod}({string.Join(", ", [spelling.All, .. Arguments])})"];
}
