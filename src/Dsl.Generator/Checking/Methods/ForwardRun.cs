using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Methods;

/// <summary>
/// Runs a <c>Forward</c> at compile time: tensors are values of the network under construction, numbers are numbers, loops are
/// unrolled. What it cannot run is noted as <see cref="Outside"/>; what cannot run at all is a finding.
/// </summary>
internal sealed partial class ForwardRun(MethodForm form, NetworkProgram network, Findings findings)
{
    // A loop that has not ended by then is not unrolled.
    private const int MaximumStatements = 10_000;

    private readonly Dictionary<string, Operand> _variables = [];
    private readonly Dictionary<Value, (string Name, Site Site)> _producers = [];
    private IReadOnlyList<Value>? _results;
    private int _statements;

    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,

        /// <summary>There is a finding, or something stands outside.</summary>
        Stop,
    }

    /// <summary>The first construct that is not analysed, and where it stands.</summary>
    public (string What, Site Site)? Outside { get; private set; }

    /// <summary>Bodies of the methods that were reached.</summary>
    public Dictionary<string, NetworkProgram> Bodies { get; } = [];

    /// <summary>The results; null with a finding, or with something outside.</summary>
    /// <param name="model">Where the model's inputs are declared.</param>
    public IReadOnlyList<Value>? Run(Site model)
    {
        var forward = form.Forward!;
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            var value = i == 0 ? network.Entry : network.Inputs[i].Value;
            _variables[forward.Parameters[i]] = new Operand.Tensor(value);
            _producers[value] = (i == 0 ? "the model's input" : $"the model's input \"{network.Inputs[i].Name}\"", model);
        }

        var flow = Run(forward.Body);
        if (flow == Flow.Return) return _results;
        if (flow != Flow.Stop) Leave(forward.Site, "Forward without a return");
        return null;
    }

    private Flow Run(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
        {
            var flow = Run(statement);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    private Flow Run(Statement statement)
    {
        _statements++;
        switch (statement)
        {
            case Statement.Assign assign:
                if (Evaluate(assign.Value) is not { } value) return Flow.Stop;
                _variables[assign.Name] = value;
                return Flow.Next;
            case Statement.If choice:
                return Condition(choice.Condition) is { } holds ? Run(holds ? choice.Then : choice.Else) : Flow.Stop;
            case Statement.For loop:
                return Run(loop);
            case Statement.Return result:
                return Return(result);
            case Statement.Break:
                return Flow.Break;
            case Statement.Continue:
                return Flow.Continue;
            case Statement.Outside outside:
                Leave(outside.Site, outside.What);
                return Flow.Stop;
            default:
                Leave(statement.Site, statement.GetType().Name);
                return Flow.Stop;
        }
    }

    private Flow Run(Statement.For loop)
    {
        if (Run(loop.Before) is var before and not Flow.Next) return before;
        while (true)
        {
            if (loop.Condition is { } test)
            {
                if (Condition(test) is not { } goesOn) return Flow.Stop;
                if (!goesOn) return Flow.Next;
            }

            var flow = Run(loop.Body);
            if (flow == Flow.Break) return Flow.Next;
            if (flow is Flow.Return or Flow.Stop) return flow;
            if (Run(loop.AtEnd) is var end and not Flow.Next) return end;

            // A loop may have no statement at all.
            if (++_statements <= MaximumStatements) continue;
            Leave(loop.Site, $"a loop of more than {MaximumStatements} statements");
            return Flow.Stop;
        }
    }

    private Flow Return(Statement.Return result)
    {
        if (Evaluate(result.Value) is not { } value) return Flow.Stop;
        IReadOnlyList<Operand> items = value is Operand.Tuple tuple ? tuple.Items : [value];
        if (items.All(item => item is Operand.Tensor) && items.Count == System.Math.Max(1, form.Forward!.Results.Count))
        {
            _results = items.Select(item => ((Operand.Tensor)item).Value).ToList();
            return Flow.Return;
        }

        Leave(result.Site, "a result that is no tensor");
        return Flow.Stop;
    }

    private bool? Condition(Expression expression)
    {
        if (Evaluate(expression) is not { } value) return null;
        if (value is Operand.Number { Value: bool condition }) return condition;
        Leave(expression.Site, "a condition that is not known at compile time");
        return null;
    }

    private Operand? Leave(Site site, string what)
    {
        Outside ??= (what, site);
        return null;
    }

    private Operand? Fail(Site site, string operation, string problem, Site? related = null)
    {
        findings.Add(Catalogue.ValuesDoNotFit, site, related, operation, problem);
        return null;
    }

    /// <summary>An operation of the body itself, with a row of its own in the model's table.</summary>
    private Operand Add(Operation operation, string name, Site site, string hint, params Value[] inputs)
    {
        int nodes = network.Computation.Nodes.Count;
        network.Computation.Section = $"Forward: {name}";
        Value value = network.Computation.Add(operation, hint, inputs);
        _producers[value] = (name, site);
        network.Layers.Add(new NetworkLayer("", name, value.Shape, 0, network.Computation.Nodes.Skip(nodes).ToList()));
        return new Operand.Tensor(value);
    }
}
