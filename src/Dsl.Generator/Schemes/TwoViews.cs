using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Lowering;
using Dsl.Generator.Notation;

namespace Dsl.Generator.Schemes;

/// <summary>A weak and a strong view of the unlabelled batch, which go through the network with the labelled one.</summary>
internal static class TwoViews
{
    /// <summary>The name of the result for the weak view.</summary>
    public const string Weak = "weakLogits";

    /// <summary>The name of the result for the strong view.</summary>
    public const string Strong = "strongLogits";

    /// <summary>What the letters of a notation stand for.</summary>
    public static IReadOnlyList<Notation.ExplainedSymbol> Symbols =>
    [
        new("z_w", "the network's outputs for the weak view of an unlabelled input", null, null),
        new("z_s", "those for its strong view", null, null),
    ];

    public static void Prepare(Bound<SchemeAttribute> declared, StepContext step)
    {
        var types = declared.Declaration.Types;

        // What the authors do with the labelled batch, unless the trainer says otherwise.
        step.Trainer.Policy ??= types[0].Policy;
        _ = step.LabeledView;
        step.SeeTogether(
            (step.View(step.Unlabeled, types[0].Policy!, "Weak"), Weak),
            (step.View(step.Unlabeled, types[1].Policy!, "Strong"), Strong));
    }
}
