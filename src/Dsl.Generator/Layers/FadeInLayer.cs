using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class FadeInLayer : Layer<FadeInAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(FadeInAttribute attribute) => $"\"{attribute.Tag}\", {attribute.Stage}";

    protected override Value? Lower(FadeInAttribute attribute, Value input, LayerContext context)
    {
        if (Tagged.Find(attribute.Tag, context) is not { } tagged) return null;
        if (tagged.Type != input.Type)
            return Tagged.FailShapes(context.Description, attribute.Tag, tagged, input, context);
        Value share = context.Buffer("share", Shape.Scalar, 1, stage: attribute.Stage);
        return context.Computation.Add(new Lerp(), context.Variable, tagged, input, share);
    }
}
