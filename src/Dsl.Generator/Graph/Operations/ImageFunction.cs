using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A function of the runtime that transforms inputs. No gradient passes: nothing is learned in front of it.</summary>
/// <param name="Function">Class and method; its first arguments are the inputs.</param>
/// <param name="Arguments">The arguments behind them, in C#.</param>
/// <param name="Result">The shape that comes out.</param>
internal sealed record ImageFunction(string Function, EquatableArray<string> Arguments, Shape Result) : Operation
{
    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Result)];

    public override string Explicit(Spelling spelling) =>
        $"{Function}({string.Join(", ", Enumerable.Range(0, spelling.Count).Select(input => spelling[input]).Concat(Arguments))})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
