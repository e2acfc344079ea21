using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class ReshapeLayer : Layer<ReshapeAttribute>
{
    protected override string Arguments(ReshapeAttribute attribute) =>
        Spelling.Join([.. attribute.Sizes.Select(size => (long)size)]);

    protected override Value? Lower(ReshapeAttribute attribute, Value input, LayerContext context)
    {
        long elements = input.Shape.Without(0).ElementsPerSample;
        int unknown = attribute.Sizes.Count(size => size == -1);
        long known = attribute.Sizes.Where(size => size != -1).Aggregate(1L, (product, size) => unchecked(product * size));
        string? problem = unknown > 1 ? "only one size may be -1"
            : attribute.Sizes.Contains(0) ? "a size is -1 or at least 1"
            : unknown == 0 && known != elements ? $"the sizes must multiply to {elements}, not {known}"
            : unknown == 1 && elements % known != 0 ? $"{elements} elements of a sample are no multiple of {known}"
            : null;
        if (problem is not null)
            return context.Fail(
                Catalogue.SizesDoNotFit, null, context.Description, input.Shape.ToString(), context.Producer, problem);
        var sizes = attribute.Sizes.Select(size => (Dim)(size == -1 ? elements / known : size));
        return context.Computation.Add(new Reshape(Shape.Of([input.Shape[0], .. sizes])), context.Variable, input);
    }
}

internal sealed class PermuteLayer : Layer<PermuteAttribute>
{
    protected override string Arguments(PermuteAttribute attribute) =>
        Spelling.Join([.. attribute.Dimensions.Select(dimension => (long)dimension)]);

    protected override Value? Lower(PermuteAttribute attribute, Value input, LayerContext context)
    {
        int last = input.Shape.Rank - 1;
        if (!attribute.Dimensions.OrderBy(dimension => dimension).SequenceEqual(Enumerable.Range(1, last)))
        {
            return context.Fail(Catalogue.NotAPermutation, null, context.Description, input.Shape.ToString(), context.Producer,
                last == 1 ? "1" : $"1 to {last}");
        }

        var order = new EquatableArray<long>([0L, .. attribute.Dimensions.Select(dimension => (long)dimension)]);
        return context.Computation.Add(new Permute(order), context.Variable, input);
    }
}

internal sealed class PixelShuffleLayer : Layer<PixelShuffleAttribute>
{
    protected override string Arguments(PixelShuffleAttribute attribute) =>
        attribute.Factor.ToString(CultureInfo.InvariantCulture);

    protected override Value? Lower(PixelShuffleAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 4) return context.FailRank(input, "[N, C, H, W]");
        long square = (long)attribute.Factor * attribute.Factor;
        return input.Shape[1].Factor % square == 0
            ? context.Computation.Add(new PixelShuffle(attribute.Factor), context.Variable, input)
            : context.Fail(Catalogue.ChannelsDoNotDivide, nameof(attribute.Factor), NearestFactor(attribute, input, context),
                context.Description, input.Shape.ToString(), context.Producer, $"{square}, the square of {attribute.Factor},");
    }

    /// <summary>The factor nearest to the declared one, but not 1, whose square divides the channels; null where there is
    /// none.</summary>
    private static Fix? NearestFactor(PixelShuffleAttribute attribute, Value input, LayerContext context)
    {
        long channels = input.Shape[1].Factor;
        return Nearest.Divisor(channels, attribute.Factor, IsLegal) is { } factor
            ? context.Declared.Set(nameof(attribute.Factor), factor)
            : null;

        bool IsLegal(long candidate) =>
            candidate > 1 && candidate <= channels / candidate && channels % (candidate * candidate) == 0;
    }
}

internal sealed class UpsampleLayer : Layer<UpsampleAttribute>
{
    protected override string Arguments(UpsampleAttribute attribute) =>
        $"{attribute.Scale}{(attribute.Mode == Interpolation.Nearest ? "" : $", {attribute.Mode}")}";

    protected override Value? Lower(UpsampleAttribute attribute, Value input, LayerContext context) => input.Shape.Rank == 4
        ? context.Computation.Add(new Upsample(attribute.Scale, attribute.Mode), context.Variable, input)
        : context.FailRank(input, "[N, C, H, W]");
}

internal sealed class PadLayer : Layer<PadAttribute>
{
    protected override string Arguments(PadAttribute attribute) =>
        $"{attribute.Amount}{(attribute.Mode == PaddingMode.Zeros ? "" : $", {attribute.Mode}")}";

    protected override Value? Lower(PadAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank is not (3 or 4)) return context.FailRank(input, "[N, C, L] or [N, C, H, W]");
        var amounts = new EquatableArray<long>(Enumerable.Repeat((long)attribute.Amount, 2 * (input.Shape.Rank - 2)));
        if (attribute.Mode == PaddingMode.Zeros)
            return context.Computation.Add(new ConstantPad(amounts), context.Variable, input);
        return input.Shape.Dims.Skip(2).All(size => attribute.Amount < size.Factor)
            ? context.Computation.Add(new ReflectionPad(amounts), context.Variable, input)
            : context.Fail(Catalogue.ReflectionTooLarge, nameof(attribute.Amount), LargestAmount(input, context),
                context.Description, input.Shape.ToString(), context.Producer);
    }

    private static Fix? LargestAmount(Value input, LayerContext context)
    {
        long size = input.Shape.Dims.Skip(2).Min(dimension => dimension.Factor);
        return size > 1 ? context.Declared.Set(nameof(PadAttribute.Amount), size - 1) : null;
    }
}
