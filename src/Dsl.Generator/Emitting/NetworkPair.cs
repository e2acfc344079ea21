using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Layers;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting;

/// <summary>A network's forward and backward operations, and what the first saves for the second.</summary>
internal sealed class NetworkPair
{
    public const string OutputGradient = "outputGradient";

    public NetworkPair(NetworkProgram network)
    {
        Inference = network.Computation.Nodes.ToList();
        var computation = network.Computation;
        computation.Section = null;
        Value seed = computation.Add(new Input(OutputGradient, network.Output.Type), OutputGradient);
        var inputGradients = new List<Value>();
        Differentiate.Run(computation, network.Output, seed, IsSource, (source, gradient) =>
        {
            string? member = source.Producer.Operation switch { Parameter parameter => parameter.Member, ParameterRows rows => rows.Member, _ => null };
            if (member is null) inputGradients.Add(gradient);
            else computation.AddEffect(new Accumulate($"gradients.{member}"), gradient);
        });
        computation.Section = null;
        InputGradient = inputGradients.Aggregate((sum, next) => computation.Add(new Add(), "dInput", sum, next));
        FuseAccumulation.Run(computation);
        ShareSubexpressions.Run(computation);
        DropDead.Run(computation, [network.Output, InputGradient]);
        computation.Rename();

        var inference = new HashSet<Node>(Inference);
        Forward = computation.Nodes.Where(inference.Contains).ToList();
        var backward = computation.Nodes.Where(node => !inference.Contains(node)).ToList();
        var needed = new HashSet<Value>();
        ParameterPart = [];
        foreach (var node in Enumerable.Reverse(backward))
        {
            if (!node.Operation.HasEffect && !node.Outputs.Any(needed.Contains)) continue;
            needed.UnionWith(node.Inputs);
            ParameterPart.Insert(0, node);
        }

        InputPart = backward.Except(ParameterPart).ToList();
        Saved = Forward
            .Where(node => node.Operation is not (Parameter or Buffer or Table))
            .SelectMany(node => node.Outputs)
            .Where(value => backward.Any(node => node.Inputs.Contains(value)))
            .ToList();

        bool IsSource(Value value) => value.Producer.Operation is Parameter or ParameterRows || value == network.Input;
    }

    /// <summary>The forward operations as they were before any pass.</summary>
    public IReadOnlyList<Node> Inference { get; }

    public IReadOnlyList<Node> Forward { get; }

    /// <summary>Backward operations that a parameter's gradient needs.</summary>
    public List<Node> ParameterPart { get; }

    /// <summary>Backward operations that only the input's gradient needs.</summary>
    public List<Node> InputPart { get; }

    public Value InputGradient { get; }

    /// <summary>What the backward pass reads of the forward pass; the input itself among it when it is read.</summary>
    public IReadOnlyList<Value> Saved { get; }

    /// <summary>The member of the tape that holds a saved value.</summary>
    public static string TapeMember(Value value) => Casing.Member(value.Name);
}
