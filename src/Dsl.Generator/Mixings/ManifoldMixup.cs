using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Mixings;

internal sealed class ManifoldMixup : Mixing
{
    public override Type Attribute => typeof(ManifoldMixupAttribute);

    public override bool ReadsFeatures => true;

    public override void Check(Bound<MixingAttribute> declared, MixingCheck check)
    {
        var attribute = (ManifoldMixupAttribute)declared.Attribute;
        if (attribute.Input) check.RealInputs(declared, declared.SiteOf(nameof(attribute.Input)));
        check.Places(declared, attribute);
        check.NoTeacher(declared);
    }

    public override MixedBatch Lower(Bound<MixingAttribute> declared, IReadOnlyList<Value> inputs, StepContext step)
    {
        var attribute = (ManifoldMixupAttribute)declared.Attribute;
        var (share, partners) = Pair.Draw(declared, step);
        int places = attribute.Tags.Length + (attribute.Input ? 1 : 0);
        string names = string.Join(", ", (attribute.Input ? ["the input"] : Enumerable.Empty<string>()).Concat(attribute.Tags)
            .Select((name, i) => $"{i} {name}"));
        Value? place = places == 1 ? null : step.Draw(
            new DrawnInteger("ManifoldMixupPlace", places, $"Where samples are mixed, without dimensions: {names}"));
        int next = 0;
        if (attribute.Input)
        {
            Value here = ShareAt("input");
            inputs = inputs.Select(input => Pair.Mix(input, partners, here, step)).ToList();
        }

        var hidden = attribute.Tags.Select(tag => (new NetworkPort(tag, share).Member, ShareAt(tag))).ToList();
        return new MixedBatch(inputs) { Partners = partners, Share = share, Hidden = hidden };

        Value ShareAt(string name) => place is null ? share : step.Computation.Add(
            new RuntimeFunction("ManifoldMixing.ShareAt", new EquatableArray<string>([Spelling.Join(next++)]), Shape.Scalar),
            "shareAt" + char.ToUpperInvariant(name[0]) + name.Substring(1), share, place);
    }
}
