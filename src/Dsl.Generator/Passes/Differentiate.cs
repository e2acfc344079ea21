using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>
/// Reverse-mode differentiation: walks the operations backwards and lets each add the operations that carry the gradient
/// from its results to its inputs.
/// </summary>
internal static class Differentiate
{
    /// <summary>Adds the backward computation.</summary>
    /// <param name="computation">The forward computation, to which it is added.</param>
    /// <param name="output">The value to differentiate.</param>
    /// <param name="seed">The gradient of that value.</param>
    /// <param name="isSource">The values whose gradients are wanted: parameters, or a network's output.</param>
    /// <param name="onSource">What happens with a gradient that reaches a source, each time one does.</param>
    public static void Run(Computation computation, Value output, Value seed, Func<Value, bool> isSource, Action<Value, Value> onSource)
    {
        var forward = computation.Nodes.ToList();
        var wanted = new HashSet<Value>();
        foreach (var node in forward)
        {
            bool carries = node.Operation is not StopGradient && node.Inputs.Any(wanted.Contains);
            foreach (var value in node.Outputs)
                if (carries || isSource(value)) wanted.Add(value);
        }

        var gradients = new Dictionary<Value, Value>();
        GradientContext context = null!;
        context = new GradientContext(computation, wanted.Contains, Accumulate);
        Accumulate(output, seed);
        foreach (var node in Enumerable.Reverse(forward))
        {
            if (node.Operation.IsLeaf || !node.Outputs.Any(wanted.Contains)) continue;
            var received = node.Outputs.Select(value => gradients.TryGetValue(value, out var gradient) ? gradient : null).ToList();
            if (received[0] is null) continue;
            computation.Section = node.Section;
            node.Operation.Differentiate(context, node, received);
        }

        void Accumulate(Value value, Value gradient)
        {
            if (!wanted.Contains(value)) return;
            if (isSource(value)) onSource(value, gradient);
            if (value.Producer.Operation.IsLeaf) return;
            gradients[value] = gradients.TryGetValue(value, out var sum) ? context.Add(new Add(), value, sum, gradient) : gradient;
        }
    }
}
