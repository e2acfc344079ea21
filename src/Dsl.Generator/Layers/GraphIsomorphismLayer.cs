using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class GraphIsomorphismLayer : Layer<GraphIsomorphismAttribute>
{
    protected override string Arguments(GraphIsomorphismAttribute attribute) =>
        string.Join(", ", new[]
        {
            attribute.LearnsEpsilon ? "ε learned" : attribute.Epsilon == 0 ? "" : $"ε = {Scalar.Literal(attribute.Epsilon)}",
            attribute.EdgeFeatures is { } features ? $"\"{features}\"" : "",
        }.Where(part => part.Length > 0));

    protected override Value? Lower(GraphIsomorphismAttribute attribute, Value input, LayerContext context)
    {
        if (GraphEdges.Find(attribute.Edges, input, context, loops: false) is not { } edges) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        Value sent = c.Add(new GatherRows(), name + "Sent", input, edges.From);
        if (attribute.EdgeFeatures is { } features)
        {
            if (edges.Features(features, context) is not { } given || Fit(attribute, given, input, context) is not { } fitting)
                return null;
            sent = c.Add(new ReLU(), name + "Messages", c.Add(new Add(), name + "SentAlong", sent, fitting));
        }
        else if (attribute.ProjectEdges)
        {
            return context.Fail(Catalogue.EdgeWidthDiffers, nameof(attribute.ProjectEdges),
                context.Declared.Remove(nameof(attribute.ProjectEdges)), context.Description,
                "no features of edges", "name them by EdgeFeatures, or remove ProjectEdges");
        }

        Value sum = c.Add(new SumRows(), name + "Sum", sent, edges.To, edges.Nodes);
        Value own = input;
        if (attribute.LearnsEpsilon)
        {
            Value epsilon = context.Parameter("eps", Shape.Of(1), new Initialization.Constant(attribute.Epsilon));
            own = c.Add(new Multiply(), name + "Own", input, c.Add(new AddNumber(1), name + "Factor", epsilon));
        }
        else if (attribute.Epsilon != 0)
        {
            own = c.Add(new Scale(1 + attribute.Epsilon), name + "Own", input);
        }

        return c.Add(new Add(), name, own, sum);
    }

    /// <summary>The edges' features, as many as a node's; null, with a finding, when they are others.</summary>
    private static Value? Fit(GraphIsomorphismAttribute attribute, Value features, Value input, LayerContext context)
    {
        if (attribute.ProjectEdges)
        {
            var initialization = new Initialization.UniformFanIn(features.Shape[1].Factor);
            Value weight = context.Parameter("lin.weight", Shape.Of(input.Shape[1], features.Shape[1]), initialization);
            Value bias = context.Parameter("lin.bias", Shape.Of(input.Shape[1]), initialization);
            return context.Computation.Add(new Linear(), context.Variable + "Edges", features, weight, bias);
        }

        return features.Shape[1] == input.Shape[1] ? features
            : context.Fail(Catalogue.EdgeWidthDiffers, nameof(attribute.EdgeFeatures),
                context.Declared.Set(nameof(attribute.ProjectEdges), "true"), context.Description,
                $"edge features {features.Shape} for nodes {input.Shape}",
                "write ProjectEdges = true, and a linear map makes them as many");
    }
}
