using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class ScalarMixLayer : Layer<ScalarMixAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(ScalarMixAttribute attribute) =>
        string.Join(", ", attribute.Tags.Select(tag => $"\"{tag}\""));

    protected override Value? Lower(ScalarMixAttribute attribute, Value input, LayerContext context)
    {
        if (attribute.Tags.Length == 0) return context.Fail(Catalogue.NothingMixed, null, context.Description);
        Computation c = context.Computation;
        string name = context.Variable;
        var values = new List<Value>();
        foreach (string tag in attribute.Tags)
        {
            if (Tagged.Find(tag, context, "tags") is not { } tagged) return null;
            if (tagged.Type != input.Type)
                return Tagged.FailShapes(context.Description, tag, tagged, input, context, "tags");
            values.Add(tagged);
        }

        values.Add(input);
        Value shares = c.Add(new Softmax(), name + "Shares",
            context.Parameter("weight", Shape.Of(values.Count), new Initialization.Constant(0)));
        Value? sum = null;
        for (int i = 0; i < values.Count; i++)
        {
            Value share = c.Add(new Slice(0, i, 1), $"{name}Share{i}", shares);
            Value part = c.Add(new Multiply(), $"{name}Part{i}", values[i], share);
            sum = sum is null ? part : c.Add(new Add(), $"{name}Sum{i}", sum, part);
        }

        return c.Add(new Multiply(), name, sum!, context.Parameter("scale", Shape.Of(1), new Initialization.Constant(1)));
    }
}
