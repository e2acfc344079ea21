using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class ResidualLayer : Layer<ResidualAttribute>
{
    protected override string Arguments(ResidualAttribute attribute) =>
        attribute.Shortcut == Shortcut.Identity ? "" : $"Shortcut.{attribute.Shortcut}";

    protected override Value? Lower(ResidualAttribute attribute, Value input, LayerContext context)
    {
        if (!context.Scope.IsBlock) return context.Fail(Catalogue.ResidualOutsideBlock, null);
        Value shortcut = context.Scope.Input;
        if (shortcut.Shape != input.Shape)
        {
            if (attribute.Shortcut == Shortcut.Identity)
            {
                return context.Fail(Catalogue.ShapesDiffer, null, Projection(shortcut.Shape, input.Shape, context), "Residual",
                    shortcut.Shape.ToString(),
                    context.Scope.Producer, input.Shape.ToString(), ": use Shortcut.Projection");
            }

            if (Stride(shortcut.Shape, input.Shape) is not { } stride)
            {
                return context.Fail(Catalogue.ShapesDiffer, null, "Residual", shortcut.Shape.ToString(),
                    context.Scope.Producer, input.Shape.ToString(),
                    ": no stride leads from one to the other");
            }

            shortcut = Project(attribute.Shortcut, shortcut, input.Shape, stride, context);
        }

        return context.Computation.Add(new Add(), context.Variable, input, shortcut);
    }

    private static Fix? Projection(Shape from, Shape to, LayerContext context) =>
        Stride(from, to) is null ? null : context.Declared.Set("shortcut", "Shortcut.Projection");

    private static Value Project(Shortcut kind, Value input, Shape output, int stride, LayerContext context)
    {
        var kernel = Shape.Of(output[1], input.Shape[1], 1, 1);
        Value weight = context.Parameter(kind == Shortcut.Convolution ? "weight" : "0.weight", kernel,
            new Initialization.UniformFanIn(input.Shape[1].Factor));
        Value projected = context.Computation.Add(
            new Convolution(new ConvolutionGeometry(stride, 0, 1, 1)), context.Variable + "Projection", input, weight);
        if (kind == Shortcut.Convolution) return projected;
        return BatchNorm.Lower(new BatchNorm2dAttribute(), projected, context, "1.", context.Variable + "Shortcut");
    }

    /// <summary>The stride with which a 1x1 convolution turns one image size into another; null when there is none.</summary>
    private static int? Stride(Shape from, Shape to)
    {
        if (from.Rank != 4 || to.Rank != 4) return null;
        for (int stride = 1; stride <= from[2].Factor; stride++)
        {
            var geometry = new ConvolutionGeometry(stride, 0, 1, 1);
            if (geometry.Output(from[2].Factor, 1) == to[2].Factor && geometry.Output(from[3].Factor, 1) == to[3].Factor)
                return stride;
        }

        return null;
    }
}
