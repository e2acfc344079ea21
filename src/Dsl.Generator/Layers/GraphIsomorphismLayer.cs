using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class GraphIsomorphismLayer : Layer<GraphIsomorphismAttribute>
{
    protected override string Arguments(GraphIsomorphismAttribute attribute) =>
        attribute.LearnsEpsilon ? "ε learned" : attribute.Epsilon == 0 ? "" : $"ε = {Scalar.Literal(attribute.Epsilon)}";

    protected override Value? Lower(GraphIsomorphismAttribute attribute, Value input, LayerContext context)
    {
        if (GraphEdges.Find(attribute.Edges, input, context, loops: false) is not { } edges) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        Value sum = c.Add(new SumRows(), name + "Sum",
            c.Add(new GatherRows(), name + "Sent", input, edges.From), edges.To, edges.Nodes);
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
}
