using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class Conv1dLayer() : ConvolutionLayer<Conv1dAttribute>(1)
{
    // With a stride the places of the result are others.
    protected override bool SeesLater(Conv1dAttribute attribute) =>
        attribute.Stride == 1 && (long)attribute.Dilation * (attribute.KernelSize - 1) > attribute.Padding;

    protected override Value? Lower(Conv1dAttribute attribute, Value input, LayerContext context)
    {
        // Where as many places come out as went in, a sequence's end is padded by zeros, as that of a sequence alone is.
        bool keepsLength = attribute.Stride == 1 && 2 * attribute.Padding == attribute.Dilation * (attribute.KernelSize - 1);
        if (!keepsLength || context.EndsOf(input) is not { Dimension: 2 } ends) return LowerPadded(attribute, input, context);
        Value own = context.Computation.Add(new ClearBehindEnds(2), context.Variable + "Own", input, ends.Lengths);
        return LowerPadded(attribute, own, context) is { } output ? context.WithEnds(output, ends) : null;
    }
}

internal sealed class Conv2dLayer() : ConvolutionLayer<Conv2dAttribute>(2)
{
    protected override Value? Lower(Conv2dAttribute attribute, Value input, LayerContext context) =>
        LowerPadded(attribute, input, context);
}

internal sealed class Conv3dLayer() : ConvolutionLayer<Conv3dAttribute>(3)
{
    protected override Value? Lower(Conv3dAttribute attribute, Value input, LayerContext context) =>
        LowerPadded(attribute, input, context);
}

internal sealed class ConvTranspose1dLayer() : ConvolutionLayer<ConvTranspose1dAttribute>(1)
{
    protected override Value? Lower(ConvTranspose1dAttribute attribute, Value input, LayerContext context) =>
        LowerTransposed(attribute, input, context);
}

internal sealed class ConvTranspose2dLayer() : ConvolutionLayer<ConvTranspose2dAttribute>(2)
{
    protected override Value? Lower(ConvTranspose2dAttribute attribute, Value input, LayerContext context) =>
        LowerTransposed(attribute, input, context);
}

internal sealed class TemporalConvLayer() : ConvolutionLayer<TemporalConvAttribute>(1)
{
    protected override bool TellsPlaces(TemporalConvAttribute attribute) => true;

    protected override Value? Lower(TemporalConvAttribute attribute, Value input, LayerContext context)
    {
        var geometry = new ConvolutionGeometry(1, 0, attribute.Dilation, attribute.Groups, Dimensions);
        if (!Fits(attribute, input, context)) return null;
        long past = (long)attribute.Dilation * (attribute.KernelSize - 1);
        Value padded = past == 0 ? input
            : context.Computation.Add(new ConstantPad(new EquatableArray<long>([past, 0])), context.Variable + "Padded", input);
        Value output = Convolve(attribute, geometry, padded, context);

        // What comes later is not seen.
        return context.EndsOf(input) is { Dimension: 2 } ends ? context.WithEnds(output, ends) : output;
    }
}

internal sealed class MaskedConv2dLayer() : ConvolutionLayer<MaskedConv2dAttribute>(2)
{
    protected override string Arguments(MaskedConv2dAttribute attribute) =>
        $"{attribute.Channels}, {attribute.KernelSize}, {attribute.Mask}";

    protected override Value? Lower(MaskedConv2dAttribute attribute, Value input, LayerContext context)
    {
        if (!Fits(attribute, input, context)) return null;
        string size = Number(attribute.KernelSize), colors = Number(attribute.Colors);
        if (attribute.KernelSize % 2 == 0)
        {
            return context.Fail(Catalogue.MaskWithoutCentre, nameof(attribute.KernelSize),
                context.Declared.Set(nameof(attribute.KernelSize), attribute.KernelSize + 1), size, context.Description);
        }

        long channels = input.Shape[1].Factor;
        if (channels % attribute.Colors != 0 || attribute.Channels % attribute.Colors != 0)
        {
            return context.Fail(Catalogue.ColorsDoNotDivide, nameof(attribute.Colors), colors, context.Description,
                Number(channels), context.Producer, Number(attribute.Channels));
        }

        bool isEmpty = attribute.KernelSize == 1
            && (attribute.Mask == PixelMask.Above || (attribute.Mask == PixelMask.A && attribute.Colors == 1));
        if (isEmpty)
        {
            return context.Fail(Catalogue.MaskLeavesNothing, nameof(attribute.KernelSize),
                context.Declared.Set(nameof(attribute.KernelSize), 3), context.Description, attribute.Mask.ToString());
        }

        int padding = attribute.Dilation * (attribute.KernelSize / 2);
        return Convolve(
            attribute, new ConvolutionGeometry(1, padding, attribute.Dilation, attribute.Groups, Dimensions), input, context);
    }

    protected override bool IsMasked => true;

    protected override Value Kernel(MaskedConv2dAttribute attribute, Value weight, LayerContext context)
    {
        var (outputs, inputs) = (weight.Shape[0].Factor, weight.Shape[1].Factor);
        string settings = Spelling.Join(outputs, inputs, attribute.KernelSize),
        field = $"_mask{attribute.Mask}{settings.Replace(", ", "x")}";
        bool hasColors = attribute.Mask is PixelMask.A or PixelMask.B;
        if (hasColors)
        {
            settings += ", " + Spelling.Join(attribute.Groups, attribute.Colors);
            if (attribute.Groups > 1) field += $"Groups{Number(attribute.Groups)}";
            if (attribute.Colors > 1) field += $"Colors{Number(attribute.Colors)}";
        }

        string function = attribute.Mask switch
        {
            PixelMask.A => "Before",
            PixelMask.B => "UpToCentre",
            PixelMask.Above => "RowsAbove",
            _ => "RowsUpToCentre",
        };
        Value mask = context.Table(field, weight.Shape, $"PixelMasks.{function}({settings}, Arena.Values)");
        return context.Computation.Add(
            new MaskedKernel(attribute.Mask, hasColors ? attribute.Colors : 1), context.Variable + "Kernel", weight, mask);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A layer that convolves.</summary>
/// <param name="dimensions">The number of spatial dimensions.</param>
internal abstract class ConvolutionLayer<TAttribute>(int dimensions) : Layer<TAttribute>
    where TAttribute : ConvolutionAttribute
{
    protected int Dimensions => dimensions;

    protected override string Arguments(TAttribute attribute) => $"{attribute.Channels}, {attribute.KernelSize}";

    // Windows that overlap.
    protected override bool TellsPlaces(TAttribute attribute) =>
        attribute is PaddedConvolutionAttribute padded && padded.KernelSize > padded.Stride;

    protected Value? LowerPadded(PaddedConvolutionAttribute attribute, Value input, LayerContext context)
    {
        if (!Fits(attribute, input, context)) return null;
        var geometry = new ConvolutionGeometry(
            attribute.Stride, attribute.Padding, attribute.Dilation, attribute.Groups, Dimensions);
        return Spatial(input).Any(size => geometry.Output(size, attribute.KernelSize) < 1)
            ? context.FailWindow(
                input, (long)attribute.Dilation * (attribute.KernelSize - 1) + 1, attribute.Padding, attribute.Dilation)
            : Convolve(attribute, geometry, input, context);
    }

    protected Value? LowerTransposed(ConvTransposeAttribute attribute, Value input, LayerContext context)
    {
        if (!Fits(attribute, input, context)) return null;
        int largest = System.Math.Max(attribute.Stride, attribute.Dilation);
        if (attribute.OutputPadding >= largest)
        {
            const string argument = nameof(attribute.OutputPadding);
            return context.Fail(Catalogue.OutputPaddingTooLarge, argument, context.Declared.Set(argument, largest - 1),
                attribute.OutputPadding.ToString(CultureInfo.InvariantCulture), largest.ToString(CultureInfo.InvariantCulture));
        }

        var geometry = new ConvolutionGeometry(
            attribute.Stride, attribute.Padding, attribute.Dilation, attribute.Groups, Dimensions, Transposed: true,
            attribute.OutputPadding);
        return Spatial(input).Any(size => geometry.Output(size, attribute.KernelSize) < 1)
            ? context.Fail(Catalogue.NothingLeft, nameof(attribute.Padding), LargestPadding(attribute, geometry, input, context),
                attribute.Padding.ToString(CultureInfo.InvariantCulture), context.Description, input.Shape.ToString(),
                context.Producer)
            : Convolve(attribute, geometry, input, context);
    }

    /// <summary>The padding that leaves one element of the shortest dimension.</summary>
    private static Fix? LargestPadding(
        ConvTransposeAttribute attribute, ConvolutionGeometry geometry, Value input, LayerContext context)
    {
        long whole = Spatial(input).Min(size => geometry.Output(size, attribute.KernelSize)) + 2L * attribute.Padding;
        return context.Declared.Set(nameof(attribute.Padding), (whole - 1) / 2);
    }

    /// <summary>Whether rank and channels fit; with a finding when they do not.</summary>
    protected bool Fits(ConvolutionAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != Dimensions + 2)
        {
            context.FailRank(input, Dimensions switch { 1 => "[N, C, L]", 2 => "[N, C, H, W]", _ => "[N, C, D, H, W]" });
            return false;
        }

        long channels = input.Shape[1].Factor;
        if (channels % attribute.Groups == 0 && attribute.Channels % attribute.Groups == 0) return true;
        context.FailGroups(attribute.Groups, channels, attribute.Channels);
        return false;
    }

    /// <summary>Whether parts of the learned kernel are not read.</summary>
    protected virtual bool IsMasked => false;

    /// <summary>What is convolved with, of the learned kernel.</summary>
    protected virtual Value Kernel(TAttribute attribute, Value weight, LayerContext context) => weight;

    protected Value Convolve(ConvolutionAttribute attribute, ConvolutionGeometry geometry, Value input, LayerContext context)
    {
        long[] channels = [attribute.Channels, input.Shape[1].Factor];
        if (geometry.Transposed) System.Array.Reverse(channels);
        var kernel = Shape.Of(
            [channels[0], channels[1] / attribute.Groups, .. geometry.Repeat(attribute.KernelSize).Select(size => (Dim)size)]);

        // PyTorch counts the second dimension of a transposed kernel, too, as what comes in.
        var initialization = new Initialization.UniformFanIn(kernel.Without(0).ElementsPerSample);
        Value learned = context.Weight(kernel, initialization, geometry.Transposed, IsMasked);
        Value weight = Kernel((TAttribute)attribute, learned, context);
        return attribute.Bias
            ? context.Computation.Add(new Convolution(geometry), context.Variable, input, weight,
                context.Parameter("bias", Shape.Of(attribute.Channels), initialization))
            : context.Computation.Add(new Convolution(geometry), context.Variable, input, weight);
    }

    private static System.Collections.Generic.IEnumerable<long> Spatial(Value input) =>
        input.Shape.Dims.Skip(2).Select(size => size.Factor);
}
