using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

internal sealed class CrossAttentionLayer : Layer<CrossAttentionAttribute>
{
    protected override string Arguments(CrossAttentionAttribute attribute) => $"{attribute.Heads}, \"{attribute.Context}\"";

    protected override Value? Lower(CrossAttentionAttribute attribute, Value input, LayerContext context)
    {
        if (!Attended.Fits(input, attribute.Heads, context)) return null;
        if (Attended.Sequence(attribute.Context, context) is not { } memory) return null;
        return new MultiHeadAttention(context, "", context.Variable, attribute.Heads, attribute.Dropout, attribute.Bias)
            .To(memory, input);
    }
}

/// <summary>What attention checks.</summary>
internal static class Attended
{
    /// <summary>Whether the input is a sequence whose features the heads divide; with a finding when not.</summary>
    public static bool Fits(Value input, int heads, LayerContext context)
    {
        if (input.Shape.Rank != 3)
        {
            context.FailRank(input, "[N, T, D]");
            return false;
        }

        if (input.Shape[-1].Factor % heads == 0) return true;
        context.Fail(Catalogue.HeadsDoNotDivide, "heads",
            context.Declared.Set("heads", Nearest.Divisor(input.Shape[-1].Factor, heads)!.Value),
            Number(heads), context.Description, input.Shape[-1].ToString(), input.Shape.ToString(), context.Producer);
        return false;
    }

    /// <summary>The tagged sequence [N, S, C] that is attended to; null, with a finding, when there is none.</summary>
    public static Value? Sequence(string tag, LayerContext context)
    {
        if (Tagged.Find(tag, context, "Context") is not { } memory) return null;
        bool isReal = memory.Type.Element == ElementType.Float;
        return memory.Shape.Rank == 3 && isReal
            ? memory
            : context.Fail(Catalogue.ContextIsNoSequence, "Context", context.Description, tag, memory.Shape.ToString(), isReal
                ? "" : " of integers");
    }

    /// <summary>The field of a table [length, features] for a base of angles.</summary>
    public static string Field(string table, long length, long features, double angles)
    {
        string suffix = angles == 10000 ? "" : "Base" + new string(Scalar.Literal(angles).Where(char.IsLetterOrDigit).ToArray());
        return $"{table}{Number(length)}x{Number(features)}{suffix}";
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
