using System;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Objectives;

/// <summary>Dirichlet distributions over class probabilities, one for each row of concentrations.</summary>
internal static class Dirichlets
{
    /// <summary>Σ log Γ(1) − log Γ(K): the normaliser of a flat distribution.</summary>
    public static double FlatNormalizer(int classes) =>
        -Enumerable.Range(1, classes - 1).Sum(number => Math.Log(number));

    /// <summary>log Γ(Σα) − Σ log Γ(α) + Σ (α − β)·(ψ(α) − ψ(Σα)) of each
    /// row, [M]: KL(Dir(α) ‖ Dir(β)) without β's normaliser.</summary>
    /// <param name="alpha">α, [M, K].</param>
    /// <param name="excess">α − β, of α.</param>
    public static Value Divergence(Computation c, Value alpha, string suffix, Func<Value, Value> excess)
    {
        Value sum = c.Add(new SumOver(new([1]), Keep: true), "precision" + suffix, alpha);
        Value normalizer = c.Add(new Subtract(), "normalizer" + suffix,
            c.Add(new Squeeze(1), "logGammaOfSum" + suffix, c.Add(new LogGamma(), "logGammaOfPrecision" + suffix, sum)),
            c.Add(new Sum(1), "logGammaSum" + suffix, c.Add(new LogGamma(), "logGammas" + suffix, alpha)));
        Value logs = c.Add(new Subtract(), "expectedLogs" + suffix,
            c.Add(new Digamma(), "digammas" + suffix, alpha), c.Add(new Digamma(), "digammaOfPrecision" + suffix, sum));
        Value products = c.Add(new Multiply(), "excessLogs" + suffix, excess(alpha), logs);
        return c.Add(new Add(), "divergence" + suffix, normalizer, c.Add(new Sum(1), "excessSum" + suffix, products));
    }
}
