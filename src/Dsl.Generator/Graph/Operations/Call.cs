using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// A network applied to a batch in training mode; gradients pass to its parameters, and through it to its inputs. Inputs: the
/// network's. Results: its outputs, then features.
/// </summary>
/// <param name="Member">The network in generated code.</param>
/// <param name="Tape">What holds the values saved by this very call.</param>
/// <param name="Outputs">The network's outputs for this batch.</param>
/// <param name="Features">All tagged values of the network, or none when no objective reads one.</param>
/// <param name="MixPoints">Where its samples are mixed. Their partners follow the network's inputs, then the share of the own
/// sample at each place.</param>
/// <param name="KeepsStatistics">Whether the running statistics of the network stay as they are.</param>
internal sealed record Call(
    string Member, string Tape, EquatableArray<TensorType> Outputs, EquatableArray<NetworkFeature> Features = default,
    EquatableArray<string> MixPoints = default, bool KeepsStatistics = false)
    : Operation, INetworkCall, ILearningOperation
{
    /// <summary>Whether the backward pass gives the gradients of all inputs and not of the first alone.</summary>
    public bool HasAllGradients { get; init; }

    public override bool IsPure => false;

    // The tape holds tagged values for the backward pass, and results where their layer's derivative needs them, as tanh's does:
    // a loss must not write over them.
    public override bool IsRepeated => true;

    public override bool AutogradGivesAll => Outputs.Count + Features.Count > 1;

    public override bool DifferentiatesAnyResult => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [.. Outputs, .. Features.Select(feature => feature.Type)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        bool learns = context.Learns(Member);
        var wanted = Enumerable.Range(0, node.Inputs.Count).Where(place => context.Wants(node.Inputs[place])).ToList();
        if (!learns && wanted.Count == 0) return;

        // A pass that trains gives the gradient of the first input or of all, one that does not that of any one of them.
        if (learns ? !HasAllGradients && wanted.Exists(place => place > 0) : wanted.Count > 1)
            throw new System.InvalidOperationException(
                $"the gradient of {node.Inputs[wanted.Last()]}, a further input of the network, would be dropped");
        var input = wanted.Count == 0 ? null : node.Inputs[wanted[0]];
        var outputs = Outputs.Select((_, i) => gradients[i] ?? context.Add(new ZerosLike(), node.Outputs[i], node.Outputs[i]));
        var reached = Features.Select((feature, i) => (feature.Argument, Gradient: gradients[Outputs.Count + i]))
            .Where(pair => pair.Gradient is not null).ToList();
        var names = new EquatableArray<string>(reached.Select(pair => pair.Argument));
        TensorType[] asked = input is null ? []
            : learns && HasAllGradients ? [.. node.Inputs.Select(each => each.Type)] : [input.Type];
        var operation = new CallBackward(
            Member, Tape, Outputs.Count, names, learns, new(asked), wanted.Count == 0 ? 0 : wanted[0]);
        Value[] given = [.. outputs, .. reached.Select(pair => pair.Gradient!), .. node.Inputs];
        if (input is null)
        {
            context.Computation.AddEffect(operation, given);
        }
        else if (asked.Length == 1)
        {
            context.Accumulate(input, context.Add(operation, input, given));
        }
        else
        {
            var all = context.Computation.AddMany(operation, [.. node.Inputs.Select(GradientContext.Name)], given);
            foreach (var (each, gradient) in node.Inputs.Zip(all, (each, gradient) => (each, gradient)))
                if (context.Wants(each)) context.Accumulate(each, gradient);
        }
    }

    public override string Explicit(Spelling spelling)
    {
        string call = $"{Member}.Forward({string.Join(", ", [.. NetworkInputs(spelling), Tape, .. Mixing(spelling)])})";
        if (KeepsStatistics) call = $"KeptStatistics.During({Member}, () => {call})";
        if (Features.Count == 0) return call;
        var features = Features.Select(feature => $"Aten.alias({Tape}.{feature.Member})");
        if (Outputs.Count == 1) return $"({call}, {string.Join(", ", features)})";

        // C# evaluates what is taken apart in two steps last, but the tape is filled by the call.
        return call + string.Concat(
            features.Select((feature, i) => $"; Tensor {spelling.Node.Outputs[Outputs.Count + i].Name} = {feature}"));
    }

    public override string Results(IReadOnlyList<string> targets)
    {
        var outputs = targets.Take(Outputs.Count).ToList();
        return outputs.Count > 1 ? $"({string.Join(", ", outputs)})" : Features.Count == 0 ? outputs[0]
            : $"({string.Join(", ", targets)})";
    }

    public override string Autograd(Spelling spelling)
    {
        string function = Features.Count == 0 ? "forward" : "ForwardFeatures";
        string call = $"{Member}.{function}({string.Join(", ", [.. NetworkInputs(spelling), .. Mixing(spelling)])})";
        return KeepsStatistics ? $"KeptStatistics.During({Member}, () => {call})" : call;
    }

    private IEnumerable<string> NetworkInputs(Spelling spelling) =>
        Enumerable.Range(0, spelling.Count - (MixPoints.Count == 0 ? 0 : MixPoints.Count + 1)).Select(input => spelling[input]);

    private IEnumerable<string> Mixing(Spelling spelling)
    {
        if (MixPoints.Count == 0) return [];
        int first = spelling.Count - MixPoints.Count;
        return [$"new({spelling[first - 1]}, "
            + $"{string.Join(", ", MixPoints.Select((point, i) => $"{point}: {spelling[first + i]}"))})"];
    }
}

/// <summary>A tagged value of a network.</summary>
/// <param name="Member">The tape's member that holds it.</param>
/// <param name="Argument">The argument of the backward pass that takes its gradient.</param>
internal sealed record NetworkFeature(string Member, string Argument, TensorType Type) : System.IEquatable<NetworkFeature>;

/// <summary>
/// The backward pass of a call: adds to the gradients of the network's parameters, and gives that of the input, each where it is
/// wanted. Inputs: the gradients of its outputs, those of features, and its inputs, which the tape may hold and which must
/// therefore live until now.
/// </summary>
/// <param name="Outputs">How many outputs.</param>
/// <param name="Features">The arguments that take the gradients of features.</param>
/// <param name="Learns">Whether the parameters' gradients are wanted.</param>
/// <param name="Asked">The inputs whose gradients are given: none, one, or all.</param>
/// <param name="Input">The place of the input whose gradient is given, where it is one.</param>
internal sealed record CallBackward(
    string Member, string Tape, int Outputs, EquatableArray<string> Features, bool Learns, EquatableArray<TensorType> Asked,
    int Input)
        : BackwardOperation
{
    /// <summary>How the gradient of the input alone is computed: a method of the trainer.</summary>
    public string Method => (Input == 0 ? "InputGradientOf" : $"Input{Input + 1}GradientOf")
        + char.ToUpperInvariant(Member[1]) + Member.Substring(2);

    public override bool HasEffect => Learns;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [.. Asked];

    public override string Explicit(Spelling spelling)
    {
        var outputs = Enumerable.Range(0, Outputs).Select(i => spelling[i]);
        if (!Learns) return $"{Method}({string.Join(", ", outputs.Prepend(Tape))})";
        var features = Features.Select((argument, i) => $"{argument}: {spelling[Outputs + i]}");
        string[] asked = Asked.Count switch { 0 => [], 1 => ["inputGradient: true"], _ => ["inputGradients: true"] };
        string given = Asked.Count switch { 0 => "", 1 => "!", _ => "!.Value" };
        return $"{Member}.Backward({string.Join(", ", [Tape, .. outputs, .. asked, .. features])}){given}";
    }
}
