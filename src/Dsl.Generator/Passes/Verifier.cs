using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>
/// Holds a computation, and a plan of its memory, against the rules that passes and emitters rely on. Nothing in the compiler
/// calls it: tests do, after each pass.
/// </summary>
internal static class Verifier
{
    /// <summary>What is wrong with a computation; nothing where every rule holds.</summary>
    /// <param name="roots">Values that are read outside of it.</param>
    public static IReadOnlyList<string> Faults(Computation computation, IEnumerable<Value> roots)
    {
        var faults = new List<string>();
        var defined = new HashSet<Value>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in computation.Nodes)
        {
            string name = Describe(node);
            foreach (var input in node.Inputs)
            {
                if (!defined.Contains(input)) faults.Add($"{name} reads {input} before anything defines it");
                if (Member(input) is { } member && written.Contains(member))
                    faults.Add($"{name} reads {member} after it was written");
            }

            CheckTypes(node, faults);
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                var output = node.Outputs[i];
                if (output.Producer != node || output.Index != i)
                    faults.Add($"{output} is not result {i} of {name}, which has it");
                if (!defined.Add(output)) faults.Add($"{output} is defined twice");
                if (!names.Add(output.Name)) faults.Add($"two values are called {output.Name}");
            }

            if (node.Operation.IsLeaf && node.Inputs.Count > 0) faults.Add($"{name} stands outside and has inputs");
            if (node.Outputs.Count == 0 && !node.Operation.HasEffect) faults.Add($"{name} has neither results nor an effect");

            // Accumulations add up, in any order; what replaces a state must be alone.
            if (node.Operation is WriteRows && Member(node.Inputs[0]) is { } state && !written.Add(state))
                faults.Add($"{state} has two writers");
        }

        faults.AddRange(
            roots.Where(root => !defined.Contains(root)).Select(root => $"{root} is read outside, and nothing defines it"));
        return faults;
    }

    /// <summary>What is wrong with a plan of memory; nothing where every rule holds.</summary>
    /// <param name="nodes">The operations in order.</param>
    /// <param name="escaping">Values that outlive the method.</param>
    /// <param name="owned">Values from outside that the method frees.</param>
    public static IReadOnlyList<string> Faults(
        IReadOnlyList<Node> nodes, PlanMemory memory, IReadOnlyCollection<Value> escaping, IReadOnlyCollection<Value> owned)
    {
        var faults = new List<string>();
        var gone = new Dictionary<Value, string>();
        var produced = new HashSet<Value>(
            nodes.Where(node => !node.Operation.IsLeaf).SelectMany(node => node.Outputs).Concat(owned));
        foreach (var node in nodes)
        {
            string name = Describe(node);
            foreach (var input in node.Inputs)
                if (gone.TryGetValue(input, out string? how)) faults.Add($"{name} reads {input}, which is {how}");
            if (memory.IsInPlace(node)) WriteOver(node, name);
            foreach (var value in memory.FreedAfter(node))
            {
                if (!produced.Contains(value)) faults.Add($"{value} is freed after {name}, but belongs to somebody else");
                if (escaping.Contains(value)) faults.Add($"{value} is freed after {name}, but outlives the method");
                if (gone.TryGetValue(value, out string? how)) faults.Add($"{value} is freed after {name}, but is {how}");
                gone[value] = $"freed after {name}";
            }
        }

        var used = new HashSet<Value>(nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)));
        faults.AddRange(produced.Where(value => used.Contains(value) && !escaping.Contains(value) && !gone.ContainsKey(value))
            .Select(value => $"nobody frees {value}"));
        return faults;

        void WriteOver(Node node, string name)
        {
            Value root = Storage(node.Inputs[0]);
            if (!produced.Contains(root)) faults.Add($"{name} writes over {root}, which is not the method's");
            if (node.Operation.ExplicitInPlace(new Spelling(node, value => value.Name)) is null)
                faults.Add($"{name} cannot write in place");

            // A repeated view that is read no more may share what is written over: only what is written itself must not be one.
            if (IsRepeated(node.Inputs[0]))
                faults.Add($"{name} writes over {node.Inputs[0]}, of which several elements are one in memory");
            foreach (var sharing in produced.Where(value => value != node.Output && Storage(value) == root).ToList())
            {
                if (escaping.Contains(sharing)) faults.Add($"{name} writes over {sharing}, which outlives the method");
                gone[sharing] = $"written over by {name}";
            }
        }

        static Value Storage(Value value) => value.Producer.Operation.IsView ? Storage(value.Producer.Inputs[0]) : value;

        static bool IsRepeated(Value value) => value.Producer.Operation.IsRepeated
            || (value.Producer.Operation.IsView && IsRepeated(value.Producer.Inputs[0]));
    }

    private static void CheckTypes(Node node, List<string> faults)
    {
        IReadOnlyList<TensorType> types;
        try
        {
            types = node.Operation.Infer(node.Inputs);
        }
        catch (InvalidOperationException error)
        {
            faults.Add($"{Describe(node)} refuses its inputs: {error.Message}");
            return;
        }

        if (types.Count != node.Outputs.Count)
            faults.Add($"{Describe(node)} has {node.Outputs.Count} results, not {types.Count}");
        foreach (var (type, output) in types.Zip(node.Outputs, (type, output) => (type, output)))
            if (type != output.Type) faults.Add($"{output} is {output.Type}, but {Describe(node)} gives {type}");
    }

    private static string? Member(Value value) => (value.Producer.Operation as Leaf)?.Member;

    private static string Describe(Node node) =>
        $"{node.Operation.GetType().Name}({string.Join(", ", node.Inputs)})";
}
