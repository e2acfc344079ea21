using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Mixings;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>A use of a block as methods of its own: the operations in them, and what goes in and comes out.</summary>
internal sealed class BlockUse
{
    // With fewer operations the calls would be as long as what they call.
    private const int FewestOperations = 3;

    private BlockUse(
        NetworkBlock block, IReadOnlyList<Node> inference, IReadOnlyList<Node> forward, IReadOnlyList<Node> backward) =>
        (Block, Inference, Forward, Backward) = (block, inference, forward, backward);

    public NetworkBlock Block { get; }

    public IReadOnlyList<Node> Inference { get; }

    public IReadOnlyList<Node> Forward { get; }

    public IReadOnlyList<Node> Backward { get; }

    /// <summary>What <c>forward</c> takes and gives.</summary>
    public IReadOnlyList<Value> InferenceInputs { get; private set; } = [];

    public IReadOnlyList<Value> InferenceOutputs { get; private set; } = [];

    /// <summary>What <c>Forward</c> takes and gives.</summary>
    public IReadOnlyList<Value> Inputs { get; private set; } = [];

    public IReadOnlyList<Value> Outputs { get; private set; } = [];

    /// <summary>Gradients that <c>Backward</c> takes and gives.</summary>
    public IReadOnlyList<Value> OutputGradients { get; private set; } = [];

    public IReadOnlyList<Value> InputGradients { get; private set; } = [];

    /// <summary>What the block computes and reads again in its backward pass: its tape frees it.</summary>
    public IReadOnlyList<Value> Owned { get; private set; } = [];

    /// <summary>What it was given and reads again in its backward pass.</summary>
    public IReadOnlyList<Value> Borrowed { get; private set; } = [];

    public IReadOnlyList<NetworkParameter> Parameters { get; private set; } = [];

    public IReadOnlyList<NetworkParameterRows> Rows { get; private set; } = [];

    public IReadOnlyList<NetworkBuffer> Buffers { get; private set; } = [];

    /// <summary>The use, or null when it cannot stand in methods of its own.</summary>
    public static BlockUse? Of(NetworkBlock block, NetworkProgram network, NetworkNodes nodes, NetworkPair? pair)
    {
        if (nodes.Inference.Of(block) is not { } inference || nodes.Forward.Of(block) is not { } forward
            || nodes.Backward.Of(block) is not { } backward)
            return null;
        if (inference.Count < FewestOperations || nodes.Input.Of(block) is not { Count: 0 }) return null;
        if (pair is not null && (forward.Count < FewestOperations || backward.Count == 0)) return null;

        // What is a model's own: places where samples are mixed, gradients of tagged values, weights that layers elsewhere share.
        if (inference.Any(node => node.Operation is MixPoint) || backward.Any(node => node.Operation is FeatureGradient))
            return null;
        if (network.Aliases.Any(alias => block.Contains(alias.Name) || block.Contains(alias.Target.Name))) return null;

        var ports = new HashSet<Value>(network.Results.Concat(network.Features).Select(port => port.Value));
        bool IsInside(Value value) => nodes.IsIn(value.Producer, block);
        bool Leaves(Value value, NetworkNodes.Method method) =>
            ports.Contains(value) || method.Uses(value).Any(node => !nodes.IsIn(node, block));
        List<Value> Taken(IEnumerable<Node> own) => own.SelectMany(node => node.Inputs).Distinct()
            .Where(value => !IsInside(value) && value.Producer.Operation is not (Parameter or Buffer or Table)).ToList();

        var use = new BlockUse(block, inference, forward, backward)
        {
            InferenceInputs = Taken(inference),
            InferenceOutputs = inference.SelectMany(node => node.Outputs).Where(value => Leaves(value, nodes.Inference)).ToList(),
            Inputs = Taken(forward),
            Parameters = network.Parameters.Where(parameter => block.Contains(parameter.Name)).ToList(),
            Rows = network.TrainedRows.Where(rows => block.Contains(rows.Parameter.Name)).ToList(),
            Buffers = network.Buffers.Where(buffer => block.Contains(buffer.Name)).ToList(),
        };
        var members = new HashSet<string>(
            use.Parameters.Select(parameter => parameter.Member).Concat(use.Buffers.Select(buffer => buffer.Member)));
        if (inference.Concat(forward).Concat(backward).SelectMany(node => node.Inputs).Select(value => value.Producer.Operation)
            .Any(operation => operation is Parameter or Buffer && !members.Contains(((Leaf)operation).Member))) return null;
        if (use.InferenceOutputs.Count == 0) return null;
        if (pair is null) return use;

        var read = new HashSet<Value>(backward.SelectMany(node => node.Inputs));
        use.Owned = forward.SelectMany(node => node.Outputs).Where(value => read.Contains(value)).ToList();
        use.Borrowed = Taken(backward).Where(pair.IsSaved).ToList();
        if (use.Borrowed.Except(use.Inputs).Any()) return null;
        use.OutputGradients = Taken(backward).Except(use.Borrowed).ToList();
        use.InputGradients = backward.SelectMany(node => node.Outputs)
            .Where(value => Leaves(value, nodes.Backward) || Leaves(value, nodes.Input)
                || pair.InputGradients.Any(input => input.Value == value)).ToList();
        use.Outputs = forward.SelectMany(node => node.Outputs)
            .Where(value => Leaves(value, nodes.Forward)
                || (!use.Owned.Contains(value) && (Leaves(value, nodes.Backward) || Leaves(value, nodes.Input)))).ToList();
        return use.Outputs.Count > 0 ? use : null;
    }
}
