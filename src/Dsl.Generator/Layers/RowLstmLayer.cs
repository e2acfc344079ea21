using System.Globalization;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class RowLstmLayer : Layer<RowLstmAttribute>
{
    protected override string Arguments(RowLstmAttribute attribute) =>
        Number(attribute.Hidden) + (attribute.KernelSize == 3 ? "" : $", {Number(attribute.KernelSize)}");

    protected override Value? Lower(RowLstmAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 4) return context.FailRank(input, "[N, C, H, W]");
        if (attribute.KernelSize % 2 == 0)
        {
            return context.Fail(Catalogue.MaskWithoutCentre, "kernelSize",
                context.Declared.Set("kernelSize", attribute.KernelSize + 1), Number(attribute.KernelSize), context.Description);
        }

        if (input.Shape[2].Factor == 1)
        {
            return context.Fail(Catalogue.SizesDoNotFit, null, context.Description, input.Shape.ToString(), context.Producer,
                "of one row no state is ever read, so that weight_hh would never learn; give it two rows or more, or "
                + "[MaskedConv2d]");
        }

        long hidden = attribute.Hidden, channels = input.Shape[1].Factor, seen = (attribute.KernelSize + 1) / 2;
        var ofInput = new Initialization.UniformFanIn(channels * seen);
        Value[] inputs =
        [
            input,
            context.Parameter("weight_ih", Shape.Of(4 * hidden, channels, seen), ofInput),
            context.Parameter("weight_hh", Shape.Of(4 * hidden, hidden, attribute.KernelSize),
                new Initialization.UniformFanIn(hidden * attribute.KernelSize)),
            context.Parameter("bias", Shape.Of(4 * hidden), ofInput),
        ];
        string name = context.Variable;
        return context.Computation.AddMany(new RowLstm(), [name, name + "Gates", name + "Cells"], inputs)[0];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
