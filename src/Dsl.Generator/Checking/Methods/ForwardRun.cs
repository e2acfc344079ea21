using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Bodies;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Methods;

/// <summary>Runs a <c>Forward</c>: its values become the network's.</summary>
internal sealed class ForwardRun(MethodForm form, NetworkProgram network, Findings findings)
    : BodyRun(network.Computation, findings)
{
    /// <summary>Bodies of the methods that were reached.</summary>
    public Dictionary<string, NetworkProgram> Bodies { get; } = [];

    /// <summary>The results; null with a finding, or with something outside.</summary>
    /// <param name="model">Where the model's inputs are declared.</param>
    public IReadOnlyList<Value>? Run(Site model)
    {
        var forward = form.Forward!;
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            var value = network.EntryOf(network.Inputs[i]);
            Variables[forward.Parameters[i]] = new Operand.Tensor(value);
            Producers[value] = (i == 0 ? "the model's input" : $"the model's input \"{network.Inputs[i].Name}\"", model);
        }

        if (Run(forward.Body, "Forward", forward.Site) is not { } result) return null;
        IReadOnlyList<Operand> items = result is Operand.Tuple tuple ? tuple.Items : [result];
        if (items.All(item => item is Operand.Tensor) && items.Count == Math.Max(1, forward.Results.Count))
            return items.Select(item => ((Operand.Tensor)item).Value).ToList();
        LeaveResult(forward.Site);
        return null;
    }

    /// <summary>With a row of its own in the model's table.</summary>
    protected override Operand Add(Operation operation, string name, Site site, string hint, params Value[] inputs)
    {
        int nodes = network.Computation.Nodes.Count;
        network.Computation.Section = $"Forward: {name}";
        var added = base.Add(operation, name, site, hint, inputs);
        network.Layers.Add(
            new NetworkLayer("", name, ((Operand.Tensor)added).Value.Shape, 0, network.Computation.Nodes.Skip(nodes).ToList()));
        return added;
    }

    /// <summary>A method with layers: they are added once more, and share their parameters with other calls.</summary>
    protected override Operand? Call(Expression.Layers call)
    {
        if (Evaluate(call.Arguments) is not { } operands) return null;
        var method = form.Layers.First(candidate => candidate.Name == call.Method);
        if (operands.Count != method.Parameters.Count || !operands.All(operand => operand is Operand.Tensor))
            return Leave(call.Site, $"a call of {call.Method} with something else than tensors");
        var inputs = operands.Select(operand => ((Operand.Tensor)operand).Value).ToList();
        bool again = Bodies.ContainsKey(method.Name);
        if (!FitsDeclared(call, method, inputs) || !FitsEarlierCall(call, method, inputs)) return null;
        if (!(again ? AddAgain(method, inputs) : AddMethod(method, inputs))) return null;
        Value output = network.Output;
        if (!inputs.Contains(output)) Producers[output] = (call.Method, call.Site);
        return new Operand.Tensor(output);
    }

    private bool AddMethod(LayerMethod method, List<Value> inputs) =>
        new StackChecker(network, Findings).AddMethod(method, inputs, Producers[inputs[0]]);

    /// <summary>Adds the operations once more; the parameters and buffers that come with them are there already.</summary>
    private bool AddAgain(LayerMethod method, List<Value> inputs)
    {
        int parameters = network.Parameters.Count, aliases = network.Aliases.Count, buffers = network.Buffers.Count,
        rows = network.Layers.Count;
        var shared = network.SharedWeights.Where(weight => weight.Value.Parameter.Name.Split('.')[0] == method.Name).ToList();
        foreach (var weight in shared) network.SharedWeights.Remove(weight.Key);
        bool added = AddMethod(method, inputs);
        foreach (var weight in shared) network.SharedWeights[weight.Key] = weight.Value;
        network.Parameters.RemoveRange(parameters, network.Parameters.Count - parameters);
        network.Aliases.RemoveRange(aliases, network.Aliases.Count - aliases);
        network.Buffers.RemoveRange(buffers, network.Buffers.Count - buffers);
        for (int i = rows; i < network.Layers.Count; i++)
            if (network.Layers[i].Parameters > 0)
                network.Layers[i] = network.Layers[i] with { Parameters = 0, Remark = ", shared" };
        return added;
    }

    private bool FitsDeclared(Expression.Layers call, LayerMethod method, List<Value> inputs)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            if (method.Parameters[i].Shape is not { } stated) continue;
            if (MethodChecker.Type(stated, Findings) is not { } type) return false;
            if (type == inputs[i].Type) continue;
            var (name, _) = Producers[inputs[i]];
            Fail(call.Arguments[i].Site, call.Method,
                $"its input is declared as {type.Shape}, but gets {inputs[i].Shape} from {name}", stated.Site);
            return false;
        }

        return true;
    }

    private bool FitsEarlierCall(Expression.Layers call, LayerMethod method, List<Value> inputs)
    {
        var types = inputs.Select(input => input.Type).ToList();
        Bodies.TryGetValue(method.Name, out var earlier);
        if (earlier is not null && earlier.Inputs.Select(input => input.Value.Type).SequenceEqual(types)) return true;

        // What is wrong with the layers is reported where they are added to the network.
        if (MethodChecker.Body(method, types, new Findings()) is not { } body) return true;
        if (earlier is null)
        {
            Bodies.Add(method.Name, body);
            return true;
        }

        string? problem = !body.Parameters.SequenceEqual(earlier.Parameters) || !body.Buffers.SequenceEqual(earlier.Buffers)
            ? "its parameters have the shapes that the first call needs"
            : !Operations(body).SequenceEqual(Operations(earlier)) ? "its layers depend on the shape"
            : null;
        if (problem is null) return true;
        Findings.Add(Catalogue.SharedLayersDiffer, call.Site, method.Site,
            method.Name, string.Join(", ", inputs.Select(input => input.Shape)),
            string.Join(", ", earlier.Inputs.Select(input => input.Value.Shape)), problem);
        return false;
    }

    private static IEnumerable<Operation> Operations(NetworkProgram body) =>
        body.Computation.Nodes.Select(node => node.Operation).Where(operation => !operation.IsLeaf);
}
