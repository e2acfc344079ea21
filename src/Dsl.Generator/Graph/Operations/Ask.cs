using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A network applied to a batch in the mode that it is in; no gradient passes, nothing is saved. Inputs: the network's.
/// Results: its output, then tagged values.</summary>
/// <param name="Member">The network in generated code.</param>
/// <param name="Outputs">What it returns for this batch: the output, or with it all tagged values.</param>
/// <param name="KeepsStatistics">Whether the running statistics of the network stay as they are.</param>
/// <param name="CanMix">Whether its samples could be mixed inside, which is not asked for.</param>
internal sealed record Ask(
    string Member, EquatableArray<TensorType> Outputs, bool KeepsStatistics = false, bool CanMix = false) : Operation
{
    // A network in training mode draws dropout masks and moves its running statistics.
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override bool AutogradGivesAll => Outputs.Count > 1;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [.. Outputs];

    // A network of the user's own may return any shape, and a wrong one could broadcast unnoticed: the call checks it.
    public override string Explicit(Spelling spelling)
    {
        string sizes = Spelling.Join([.. Outputs[0].Shape.Dims.Skip(1).Select(dim => dim.Factor)]);
        string call = Outputs.Count > 1
            ? $"FrozenNetwork.Ask({Features}, {spelling[0]})"
            : $"FrozenNetwork.Forward({string.Join(", ", Called(spelling).Append(sizes).Where(part => part.Length > 0))})";
        return KeepsStatistics ? $"KeptStatistics.During({Member}, () => {call})" : call;
    }

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    // Modules of several inputs have no type in common.
    private string[] Called(Spelling spelling) => spelling.Count == 1 ? [Member, spelling[0]]
        : [Member, $"() => {Member}.forward({spelling.All})", $"{spelling[0]}.size(0)"];

    // A method with an optional argument is no function of the others.
    private string Features => CanMix ? $"seen => {Member}.ForwardFeatures(seen)" : $"{Member}.ForwardFeatures";
}

/// <summary>A network applied to a batch in evaluation mode, whatever mode it is in; no gradient passes. Inputs: the
/// network's.</summary>
/// <param name="Member">The network in generated code.</param>
internal sealed record Predict(string Member, TensorType Output) : Operation
{
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Output];

    public override string Explicit(Spelling spelling) => spelling.Count == 1
        ? $"FrozenNetwork.Predict({Member}, {spelling[0]})"
        : $"FrozenNetwork.Evaluating({Member}, () => {Member}.forward({spelling.All}))";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>Several networks applied to a batch, each one's output, [N, M, ...]; no gradient passes. Input: x.</summary>
/// <param name="Members">All of them in generated code.</param>
/// <param name="Output">What one of them returns.</param>
internal sealed record AskEach(string Members, TensorType Output) : Operation
{
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [Output with { Shape = Shape.Of([Output.Shape[0], Dim.Batch("M"), .. Output.Shape.Dims.Skip(1)]) }];

    public override string Explicit(Spelling spelling) =>
        $"TeacherEnsemble.Each({Members}, {spelling[0]}, "
        + $"{Spelling.Join([.. Output.Shape.Dims.Skip(1).Select(dim => dim.Factor)])})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>Several networks applied to a batch, as the logits of their mean; no gradient passes. Input: x.</summary>
/// <param name="Members">All of them in generated code.</param>
/// <param name="Temperature">What softens the predictions whose mean is taken.</param>
internal sealed record AskMean(string Members, Ensemble Ensemble, Scalar Temperature, int ClassDimension, TensorType Output)
    : Operation
{
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Output];

    public override string Explicit(Spelling spelling)
    {
        string temperature = Ensemble == Ensemble.Arithmetic ? $"{Temperature.Code}, {ClassDimension}, " : "";
        string sizes = Spelling.Join([.. Output.Shape.Dims.Skip(1).Select(dim => dim.Factor)]);
        return $"TeacherEnsemble.{Ensemble}({Members}, {spelling[0]}, {temperature}{sizes})";
    }

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
