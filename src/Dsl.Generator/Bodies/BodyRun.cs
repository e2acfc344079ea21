using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Bodies;

/// <summary>
/// Runs the body of a method of the user's at compile time: tensors are values of the computation under construction, numbers are
/// numbers, loops are unrolled. What it cannot run is noted as <see cref="Outside"/>; what cannot run at all is a finding.
/// </summary>
internal abstract partial class BodyRun(Computation computation, Findings findings)
{
    // A loop that has not ended by then is not unrolled.
    private const int MaximumStatements = 10_000;

    private Operand? _result;
    private Site? _returned;
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

    /// <summary>What is wrong.</summary>
    protected Findings Findings { get; } = findings;

    /// <summary>What locals and parameters are at present.</summary>
    protected Dictionary<string, Operand> Variables { get; } = [];

    /// <summary>What made a value, in words, and where that stands.</summary>
    protected Dictionary<Value, (string Name, Site Site)> Producers { get; } = [];

    /// <summary>What the body returns; null with a finding, or with something outside.</summary>
    /// <param name="method">What it is called.</param>
    protected Operand? Run(IReadOnlyList<Statement> body, string method, Site site)
    {
        var flow = Run(body);
        if (flow == Flow.Return) return _result;
        return flow == Flow.Stop ? null : Leave(site, $"{method} without a return");
    }

    /// <summary>Says that what the body returns is none of the things that it may return.</summary>
    protected void LeaveResult(Site method) => Leave(_returned ?? method, "a result that is no tensor");

    /// <summary>A call of a method that carries layers.</summary>
    protected abstract Operand? Call(Expression.Layers call);

    /// <summary>A mean or a sum over the samples too.</summary>
    protected virtual Operand? ReduceAll(Expression.Function call, Value x) =>
        Leave(call.Site, $"{call.Name} over the whole batch");

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
                Variables[assign.Name] = value;
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
        _result = Evaluate(result.Value);
        _returned = result.Value.Site;
        return _result is null ? Flow.Stop : Flow.Return;
    }

    private bool? Condition(Expression expression)
    {
        if (Evaluate(expression) is not { } value) return null;
        if (value is Operand.Number { Value: bool condition }) return condition;
        Leave(expression.Site, "a condition that is not known at compile time");
        return null;
    }

    protected Operand? Leave(Site site, string what)
    {
        Outside ??= (what, site);
        return null;
    }

    protected Operand? Fail(Site site, string operation, string problem, Site? related = null)
    {
        Findings.Add(Catalogue.ValuesDoNotFit, site, related, operation, problem);
        return null;
    }

    /// <summary>An operation of the body itself.</summary>
    protected virtual Operand Add(Operation operation, string name, Site site, string hint, params Value[] inputs)
    {
        Value value = computation.Add(operation, hint, inputs);
        Producers[value] = (name, site);
        return new Operand.Tensor(value);
    }
}
