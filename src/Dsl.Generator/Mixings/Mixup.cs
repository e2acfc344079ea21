using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Mixings;

internal sealed class Mixup : Mixing
{
    public override Type Attribute => typeof(MixupAttribute);

    public override void Check(Bound<MixingAttribute> declared, MixingCheck check) => check.RealInputs(declared, declared.Site);

    public override MixedBatch Lower(Bound<MixingAttribute> declared, IReadOnlyList<Value> inputs, StepContext step)
    {
        var (share, partners) = Pair.Draw(declared, step);
        return new MixedBatch(
            inputs.Select(input => Pair.Mix(input, partners, share, step)).ToList()) { Partners = partners, Share = share };
    }
}

/// <summary>What all mixtures of pairs draw.</summary>
internal static class Pair
{
    /// <summary>λ and the partner of each sample.</summary>
    public static (Value Share, Value Partners) Draw(Bound<MixingAttribute> declared, StepContext step)
    {
        Scalar alpha = step.Hyperparameter(declared.Attribute, "Alpha");
        Value share = step.Draw(
            new DrawnBeta($"{declared.Name}Share", alpha, alpha, "Share λ of a sample itself, in [0, 1], without dimensions"));
        Value partners = step.Draw(
            new DrawnPermutation($"{declared.Name}Partners", step.Data.Rows, "The partner of each sample, a permutation [N]"));
        return (share, partners);
    }

    /// <summary>share·x + (1 − share)·x[partners].</summary>
    public static Value Mix(Value input, Value partners, Value share, StepContext step)
    {
        Computation c = step.Computation;
        return c.Add(new Lerp(), "mixed" + char.ToUpperInvariant(input.Hint[0]) + input.Hint.Substring(1),
            c.Add(new SelectRows(), "partnersOf" + char.ToUpperInvariant(input.Hint[0]) + input.Hint.Substring(1), input,
                partners), input, share);
    }
}
