using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Mixings;

internal sealed class CutMix : Mixing
{
    public override Type Attribute => typeof(CutMixAttribute);

    public override void Check(Bound<MixingAttribute> declared, MixingCheck check) => check.Images(declared);

    public override MixedBatch Lower(Bound<MixingAttribute> declared, IReadOnlyList<Value> inputs, StepContext step)
    {
        Value image = inputs[0];
        long height = image.Shape[2].Factor, width = image.Shape[3].Factor;
        var (drawn, partners) = Pair.Draw(declared, step);
        List<Value> draws =
        [
            drawn,
            step.Draw(new DrawnInteger("CutMixRow", height, "Row of the centre of the box, without dimensions")),
            step.Draw(new DrawnInteger("CutMixColumn", width, "Column of the centre of the box, without dimensions")),
        ];
        bool always = !declared.Has(nameof(CutMixAttribute.Probability));
        if (!always)
        {
            Scalar probability = step.Hyperparameter(declared.Attribute, nameof(CutMixAttribute.Probability));
            draws.Add(step.Draw(new DrawnEvent("CutMixHappens", probability, "Whether the batch is mixed, without dimensions")));
        }

        var box = new RuntimeFunction(always ? "CutMixBox.Kept" : "CutMixBox.KeptIf",
            new EquatableArray<string>([height.ToString(), width.ToString()]), Shape.Of(height, width));
        Value kept = step.Computation.Add(box, "kept", [.. draws]);
        Value share = step.Computation.Add(new Mean(), "keptShare", kept);
        return new MixedBatch([Pair.Mix(image, partners, kept, step)]) { Partners = partners, Share = share };
    }
}
