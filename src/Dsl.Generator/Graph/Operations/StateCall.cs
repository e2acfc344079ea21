using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A method of what outlives a step, called for what it changes. Inputs: its arguments.</summary>
/// <param name="Member">The state in generated code.</param>
/// <param name="Method">What it is asked to do.</param>
/// <param name="Arguments">The arguments behind its inputs, in C#.</param>
internal sealed record StateCall(string Member, string Method, EquatableArray<string> Arguments = default) : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) =>
        $"{Member}.{Method}({spelling.All}{string.Concat(Arguments.Select(argument => $", {argument}"))})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>A method of what outlives a step, called for its result, which is constant. Inputs: its arguments.</summary>
/// <param name="Member">The state in generated code.</param>
/// <param name="Method">What it is asked.</param>
/// <param name="Result">What it answers.</param>
internal sealed record StateFunction(string Member, string Method, TensorType Result) : Operation
{
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Result];

    public override string Explicit(Spelling spelling) => $"{Member}.{Method}({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
