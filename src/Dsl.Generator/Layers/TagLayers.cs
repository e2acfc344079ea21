using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class TagLayer : Layer<TagAttribute>
{
    public override bool AcceptsIndices => true;

    protected override string Arguments(TagAttribute attribute) => $"\"{attribute.Name}\"";

    protected override Value? Lower(TagAttribute attribute, Value input, LayerContext context)
    {
        if (context.Scope.Tags.Keys.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase))
            return context.Fail(Catalogue.DuplicateTag, "name", attribute.Name);
        if (attribute.Mix)
        {
            if (Obstacle(attribute.Name, input, context) is { } obstacle)
                return context.Fail(Catalogue.NotAMixPoint, nameof(attribute.Mix), attribute.Name, obstacle);
            input = context.Computation.Add(
                new MixPoint(new NetworkPort(attribute.Name, input).Member), attribute.Name + "Point", input);
        }

        context.Scope.Tags.Add(attribute.Name, input);
        context.AddFeature(attribute.Name, input);
        return input;
    }

    /// <summary>Why a trainer could not name the place.</summary>
    private static string? Obstacle(string name, Value input, LayerContext context) =>
        context.Scope.IsBlock
            ? "it stands in a block or a method, which can be used several times: tag the result where it is used"
        : input.Type.Element != ElementType.Float ? "integers cannot be mixed: put the tag behind an [Embedding]"
        : !Identifier.IsValid(name) ? "its name becomes a name in C#: begin it with a letter and go on with letters and digits"
        : Identifier.IsReserved(name) || new NetworkPort(name, input).Member is "Output" or "Partners"
            ? "generated code uses its name itself: choose another one"
        : null;
}

internal sealed class AddLayer : Layer<AddAttribute>
{
    protected override string Arguments(AddAttribute attribute) => $"\"{attribute.Tag}\"";

    protected override Value? Lower(AddAttribute attribute, Value input, LayerContext context) =>
        Tagged.Find(attribute.Tag, context) is not { } tagged ? null
        : tagged.Shape != input.Shape ? Tagged.FailShapes("Add", attribute.Tag, tagged, input, context)
        : context.Computation.Add(new Add(), context.Variable, input, tagged);
}

internal sealed class MultiplyLayer : Layer<MultiplyAttribute>
{
    protected override string Arguments(MultiplyAttribute attribute) => $"\"{attribute.Tag}\"";

    protected override Value? Lower(MultiplyAttribute attribute, Value input, LayerContext context) =>
        Tagged.Find(attribute.Tag, context) is not { } tagged ? null
        : tagged.Shape != input.Shape ? Tagged.FailShapes("Multiply", attribute.Tag, tagged, input, context)
        : context.Computation.Add(new Multiply(), context.Variable, input, tagged);
}

internal sealed class ConcatLayer : Layer<ConcatAttribute>
{
    public override int MinimumRank => 2;

    protected override string Arguments(ConcatAttribute attribute) => $"\"{attribute.Tag}\"";

    protected override Value? Lower(ConcatAttribute attribute, Value input, LayerContext context)
    {
        if (Tagged.Find(attribute.Tag, context) is not { } tagged) return null;
        bool fits = tagged.Shape.Rank == input.Shape.Rank && tagged.Shape.With(1, 1) == input.Shape.With(1, 1);
        return fits
            ? context.Computation.Add(new Concatenate(), context.Variable, input, tagged)
            : Tagged.FailShapes("Concat", attribute.Tag, tagged, input, context);
    }
}

/// <summary>The value that a tag names.</summary>
internal static class Tagged
{
    /// <param name="argument">The argument that names the tag, where an unknown one is reported.</param>
    public static Value? Find(string tag, LayerContext context, string argument = "tag")
    {
        if (context.Scope.Find(tag) is { } value) return value;
        string known = context.Scope.Known.Any()
            ? $", but {string.Join(", ", context.Scope.Known.Select(name => $"\"{name}\""))}" : "";
        return context.Fail(Catalogue.UnknownTag, argument, context.Declared.Correct(argument, tag, context.Scope.Known),
            tag, known + NearName.Question(tag, context.Scope.Known));
    }

    public static Value? FailShapes(
        string layer, string tag, Value tagged, Value input, LayerContext context, string argument = "tag") =>
        context.Fail(Catalogue.ShapesDiffer, argument, layer, input.Shape.ToString(), context.Producer,
            tagged.Shape.ToString(), $", tagged \"{tag}\"");
}
