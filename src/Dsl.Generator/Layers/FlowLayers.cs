using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class FromLayer : Layer<FromAttribute>
{
    public override bool AcceptsIndices => true;

    protected override string Arguments(FromAttribute attribute) => $"\"{attribute.Tag}\"";

    protected override Value? Lower(FromAttribute attribute, Value input, LayerContext context)
    {
        if (Tagged.Find(attribute.Tag, context) is not { } tagged) return null;
        return context.IsRead(input) ? tagged
            : context.Fail(Catalogue.FlowAbandoned, null, input.Shape.ToString(), context.Producer, attribute.Tag);
    }
}

internal sealed class OutputLayer : Layer<OutputAttribute>
{
    protected override string Arguments(OutputAttribute attribute) => $"\"{attribute.Name}\"";

    protected override Value? Lower(OutputAttribute attribute, Value input, LayerContext context)
    {
        if (!Identifier.IsValid(attribute.Name))
            return context.Fail(Catalogue.NotAnIdentifier, "name", attribute.Name, Identifier.Remedy(attribute.Name));
        if (Identifier.IsReserved(attribute.Name)) return context.Fail(Catalogue.ReservedName, "name", attribute.Name);
        if (context.Scope.IsBlock) return context.Fail(Catalogue.OutputInBlock, null, attribute.Name);
        if (!context.AddOutput(attribute.Name, input)) return context.Fail(Catalogue.DuplicateOutput, "name", attribute.Name);
        return input;
    }
}

internal sealed class StopGradientLayer : Layer<StopGradientAttribute>
{
    protected override Value? Lower(StopGradientAttribute attribute, Value input, LayerContext context) =>
        context.Computation.Add(new StopGradient(), context.Variable, input);
}
