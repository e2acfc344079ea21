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
    /// <param name="seeds">The values to differentiate, each with its gradient.</param>
    /// <param name="isSource">The values whose gradients are wanted: parameters, or a network's output.</param>
    /// <param name="onSource">What happens with a gradient that reaches a source, each time one does.</param>
    /// <param name="learns">Whether the gradients of a network's parameters, which its own backward pass adds up, are wanted;
    /// null for none.</param>
    /// <param name="extend">What is added to the gradient that a value received, null when it received none; null for
    /// nothing.</param>
    public static void Run(
        Computation computation, IEnumerable<(Value Output, Value Seed)> seeds, Func<Value, bool> isSource, Action<Value,
        Value> onSource,
        Func<string, bool>? learns = null, Func<Value, Value?, Value?>? extend = null)
    {
        learns ??= _ => false;
        var forward = computation.Nodes.ToList();
        var wanted = new HashSet<Value>();
        foreach (var node in forward)
        {
            bool carries = node.Operation.CarriesGradient && node.Inputs.Any(wanted.Contains)
                || node.Operation is ILearningOperation learning && learns(learning.Member);
            foreach (var value in node.Outputs)
                if (carries || isSource(value)) wanted.Add(value);
        }

        var gradients = new Dictionary<Value, Value>();
        GradientContext context = null!;
        context = new GradientContext(computation, wanted.Contains, Accumulate, learns);
        foreach (var (output, seed) in seeds) Accumulate(output, seed);
        foreach (var node in Enumerable.Reverse(forward))
        {
            if (!node.Operation.CarriesGradient || node.Operation.IsLeaf || !node.Outputs.Any(wanted.Contains)) continue;
            computation.Section = node.Section;
            var received = node.Outputs.Select(value => Received(value)).ToList();
            if (node.Operation.DifferentiatesAnyResult ? received.All(gradient => gradient is null) : received[0] is null)
                continue;
            node.Operation.Differentiate(context, node, received);
        }

        Value? Received(Value value)
        {
            gradients.TryGetValue(value, out var gradient);
            return extend is not null && wanted.Contains(value) ? extend(value, gradient) : gradient;
        }

        void Accumulate(Value value, Value gradient)
        {
            if (!wanted.Contains(value)) return;
            if (isSource(value)) onSource(value, gradient);
            if (value.Producer.Operation.IsLeaf) return;
            gradients[value] = gradients.TryGetValue(value, out var sum) ? context.Add(new Add(), value, sum, gradient)
                : gradient;
        }
    }
}
