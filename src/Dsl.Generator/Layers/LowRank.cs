using System;
using System.Globalization;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

/// <summary>What low-rank changes of a layer's weight have in common.</summary>
internal static class LowRank
{
    /// <summary>Whether the rank is below both sizes of the weight and something learns; with a finding when not.</summary>
    /// <param name="outputs">Rows of the weight as a matrix.</param>
    /// <param name="inputs">Its columns.</param>
    public static bool Fits(int rank, long outputs, long inputs, LayerContext context)
    {
        long most = Math.Min(inputs, outputs) - 1;
        if (rank > most)
        {
            context.Fail(Catalogue.RankTooLarge, "Rank", most > 0 ? context.Declared.Set("Rank", most) : null,
                Number(rank), context.Description, Number(inputs), Number(outputs));
            return false;
        }

        if (context.IsFrozen) context.Fail(Catalogue.FrozenUpdate, null, context.Description);
        return !context.IsFrozen;
    }

    /// <summary>The factor of the change.</summary>
    public static double Scale(double alpha, int rank) => alpha == 0 ? 1 : alpha / rank;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
