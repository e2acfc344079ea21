using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The trained network applied to a batch, in training mode. Inputs: the network's. Results: its outputs, then features.</summary>
/// <param name="Member">The network in generated code.</param>
/// <param name="Tape">What holds the values saved by this very call.</param>
/// <param name="Outputs">The network's outputs for a batch of this symbol.</param>
/// <param name="Features">All tagged values of the network, or none when no objective reads one.</param>
/// <param name="MixPoints">Where its samples are mixed. Their partners follow the network's inputs, then the share of the own sample at each place.</param>
internal sealed record TrainNetwork(
    string Member, string Tape, EquatableArray<TensorType> Outputs, EquatableArray<NetworkFeature> Features, EquatableArray<string> MixPoints = default) : Operation
{
    public override bool IsPure => false;

    // The tape holds tagged values for the backward pass: a loss must not write over them.
    public override bool IsRepeated => Features.Count > 0;

    public override bool AutogradGivesAll => Outputs.Count + Features.Count > 1;

    public override bool DifferentiatesAnyResult => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [.. Outputs, .. Features.Select(feature => feature.Type)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        if (node.Inputs.FirstOrDefault(context.Wants) is { } input)
            throw new InvalidOperationException($"the gradient of {input}, on which the network is called, would be dropped");
        var outputs = Outputs.Select((_, i) => gradients[i] ?? context.Add(new ZerosLike(), node.Outputs[i], node.Outputs[i]));
        var reached = Features.Select((feature, i) => (feature.Argument, Gradient: gradients[Outputs.Count + i])).Where(pair => pair.Gradient is not null).ToList();
        var operation = new TrainNetworkBackward(Member, Tape, Outputs.Count, new EquatableArray<string>(reached.Select(pair => pair.Argument)));
        context.Computation.AddEffect(operation, [.. outputs, .. reached.Select(pair => pair.Gradient!), .. node.Inputs]);
    }

    public override string Explicit(Spelling spelling)
    {
        string call = $"{Member}.Forward({string.Join(", ", [.. NetworkInputs(spelling), Tape, .. Mixing(spelling)])})";
        if (Features.Count == 0) return call;
        var features = Features.Select(feature => $"{Tape}.{feature.Member}.alias()");
        if (Outputs.Count == 1) return $"({call}, {string.Join(", ", features)})";

        // C# evaluates what is taken apart in two steps last, but the tape is filled by the call.
        return call + string.Concat(features.Select((feature, i) => $"; Tensor {spelling.Node.Outputs[Outputs.Count + i].Name} = {feature}"));
    }

    public override string Results(IReadOnlyList<string> targets)
    {
        var outputs = targets.Take(Outputs.Count).ToList();
        return outputs.Count > 1 ? $"({string.Join(", ", outputs)})" : Features.Count == 0 ? outputs[0] : $"({string.Join(", ", targets)})";
    }

    public override string Autograd(Spelling spelling) =>
        $"{Member}.{(Features.Count == 0 ? "forward" : "ForwardFeatures")}({string.Join(", ", [.. NetworkInputs(spelling), .. Mixing(spelling)])})";

    private IEnumerable<string> NetworkInputs(Spelling spelling) =>
        Enumerable.Range(0, spelling.Count - (MixPoints.Count == 0 ? 0 : MixPoints.Count + 1)).Select(input => spelling[input]);

    private IEnumerable<string> Mixing(Spelling spelling)
    {
        if (MixPoints.Count == 0) return [];
        int first = spelling.Count - MixPoints.Count;
        return [$"new({spelling[first - 1]}, {string.Join(", ", MixPoints.Select((point, i) => $"{point}: {spelling[first + i]}"))})"];
    }
}

/// <summary>A tagged value of a network.</summary>
/// <param name="Member">The tape's member that holds it.</param>
/// <param name="Argument">The argument of the backward pass that takes its gradient.</param>
internal sealed record NetworkFeature(string Member, string Argument, TensorType Type) : System.IEquatable<NetworkFeature>;

/// <summary>
/// Adds to the gradients of the network's parameters. Inputs: the gradients of its outputs, those of features, and its inputs, which
/// the tape may hold and which must therefore live until now.
/// </summary>
/// <param name="Outputs">How many outputs.</param>
/// <param name="Features">The arguments that take the gradients of features.</param>
internal sealed record TrainNetworkBackward(string Member, string Tape, int Outputs, EquatableArray<string> Features) : BackwardOperation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling)
    {
        var outputs = Enumerable.Range(0, Outputs).Select(i => spelling[i]);
        var features = Features.Select((argument, i) => $"{argument}: {spelling[Outputs + i]}");
        return $"{Member}.Backward({string.Join(", ", [Tape, .. outputs, .. features])})";
    }
}

/// <summary>A network that receives no gradient applied to a batch, in the mode that it is in. Input: x.</summary>
internal sealed record FrozenNetwork(string Member, TensorType Output) : Operation
{
    // A teacher in training mode draws dropout masks and moves its running statistics.
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Output];

    // A teacher of the user's own may return any shape, and a wrong one could broadcast unnoticed: the call checks it.
    public override string Explicit(Spelling spelling) =>
        $"FrozenNetwork.Forward({Member}, {spelling[0]}, {Spelling.Join([.. Output.Shape.Dims.Skip(1).Select(dim => dim.Factor)])})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>A declared network that receives no gradient, applied to a batch. Input: x. Results: its output, then tagged values.</summary>
internal sealed record FrozenFeatures(string Member, EquatableArray<TensorType> Outputs) : Operation
{
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override bool AutogradGivesAll => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [.. Outputs];

    public override string Explicit(Spelling spelling) => $"FrozenNetwork.Ask({Member}.ForwardFeatures, {spelling[0]})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>Several networks that receive no gradient applied to a batch, each one's output, [N, M, ...]. Input: x.</summary>
/// <param name="Members">All of them in generated code.</param>
/// <param name="Output">What one of them returns.</param>
internal sealed record FrozenNetworks(string Members, TensorType Output) : Operation
{
    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [Output with { Shape = Shape.Of([Output.Shape[0], Dim.Batch("M"), .. Output.Shape.Dims.Skip(1)]) }];

    public override string Explicit(Spelling spelling) =>
        $"TeacherEnsemble.Each({Members}, {spelling[0]}, {Spelling.Join([.. Output.Shape.Dims.Skip(1).Select(dim => dim.Factor)])})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>Several networks that receive no gradient applied to a batch, as the logits of their mean. Input: x.</summary>
/// <param name="Members">All of them in generated code.</param>
/// <param name="Temperature">What softens the predictions whose mean is taken.</param>
internal sealed record FrozenEnsemble(string Members, Ensemble Ensemble, Scalar Temperature, int ClassDimension, TensorType Output) : Operation
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
