using System.Collections.Generic;
using Dsl.Generator.Bodies;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Objectives;

/// <summary>Runs a loss of the user's own: its values become a step's.</summary>
internal sealed class ObjectiveRun(OwnMethod method, Computation computation, Findings findings) : BodyRun(computation, findings)
{
    private readonly Computation _computation = computation;

    /// <summary>Where the batch becomes one number first, and by what; null where every sample keeps its own.</summary>
    public (string What, Site Site)? Reduction { get; private set; }

    /// <summary>What the method returns; null with a finding, or with something outside.</summary>
    /// <param name="arguments">Prediction, and target where it takes one.</param>
    public Value? Run(IReadOnlyList<Value> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            Variables[method.Parameters[i]] = new Operand.Tensor(arguments[i]);
            Producers[arguments[i]] = ($"'{method.Parameters[i]}'", method.Site);
        }

        if (Run(method.Body, method.Name, method.Site) is not { } result) return null;
        if (result is Operand.Tensor { Value: var value } && IsReal(value)) return value;
        LeaveResult(method.Site);
        return null;
    }

    protected override Operand? ReduceAll(Expression.Function call, Value x)
    {
        Reduction ??= (call.Name, call.Site);
        Value reduced = _computation.Add(call.Name == "mean" ? new Mean() : new SumAll(), call.Name, x);
        Producers[reduced] = (call.Name, call.Site);
        return new Operand.Tensor(reduced);
    }

    protected override Operand? Call(Expression.Layers call) => Leave(call.Site, call.Method);
}
