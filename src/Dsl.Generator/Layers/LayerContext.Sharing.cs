using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed partial class LayerContext
{
    private (NetworkParameter Parameter, Value Value) Add(
        string name, Shape shape, Initialization initialization, bool isHeld = false)
    {
        var parameter = rules.Apply(
            new NetworkParameter($"{path}.{name}", Member(name), shape, initialization, isFrozen || isHeld));
        network.Parameters.Add(parameter);
        return (parameter,
            Computation.Add(new Parameter(parameter.Member, new TensorType(shape)), Casing.Variable(parameter.Member)));
    }

    /// <summary>The weight of that name: a new one for the first layer that gives it, the same one for every other.</summary>
    private Value SharedWeight(string share, Shape shape, Initialization initialization)
    {
        const string name = "weight";
        if (!network.SharedWeights.TryGetValue(share, out var first))
        {
            var (parameter, value) = Add(name, shape, initialization);
            network.SharedWeights.Add(
                share, new SharedWeight(parameter, value, description, layer.SiteOf(nameof(WeightedLayerAttribute.Share))));
            return value;
        }

        if (first.Parameter.Shape != shape)
        {
            Fail(Catalogue.SharedShapesDiffer, nameof(WeightedLayerAttribute.Share), description, share, shape.ToString(),
                first.Layer, first.Parameter.Shape.ToString());
            return Add(name, shape, initialization).Value;
        }

        if (first.Parameter.IsFrozen != isFrozen)
            Fail(Catalogue.SharedAndFrozen, nameof(WeightedLayerAttribute.Share), description, share, first.Layer);
        network.Aliases.Add(new NetworkAlias($"{path}.{name}", Member(name), first.Parameter));
        return first.Value;
    }
}
