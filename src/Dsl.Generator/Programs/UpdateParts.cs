using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Programs;

/// <summary>Cuts the arena into parts whose parameters have the same settings.</summary>
internal static class UpdateParts
{
    public static IReadOnlyList<UpdatePart> Plan(
        Arena arena, UpdateProgram update, IReadOnlyList<ParameterSettings> groups, IReadOnlyList<LayerRate> rates,
        OptimizerAttribute optimizer, string ofAll, ISet<string> matrices)
    {
        var layout = arena.Layout;
        var parts = new List<UpdatePart>();
        foreach (var parameter in arena.Parameters.Where(parameter => !parameter.IsFrozen).OrderBy(layout.OffsetOf))
        {
            var (from, length) = layout.SegmentOf(parameter);
            var group = groups.Where(group => ParameterPath.Names(group.Path, parameter.Name))
                .OrderByDescending(group => group.Path.Length).FirstOrDefault();
            bool isNamed = group?.Path == parameter.Name && group.WeightDecay is not null;
            bool isExcepted = parameter.NeverDecays || (parameter.Shape.Rank < 2 && !optimizer.DecayVectors && !isNamed);
            string decay = isExcepted ? "0"
                : group?.WeightDecay ?? update.OwnDecay ?? "0";
            bool isMatrix = matrices.Contains(parameter.Member);
            string own = !isMatrix && update.Others?.RateFactor is { } factor ? $"{ofAll} * {factor}" : ofAll;
            string rate = string.Join(" * ", rates.Where(rate => rate.Parameters.Contains(parameter.Name))
                .Select(rate => rate.Factor).Prepend(group?.LearningRateScale is { } scale ? $"{own} * {scale}" : own));
            bool adapts = optimizer is LayerwiseAttribute layerwise && (parameter.Shape.Rank >= 2 || layerwise.AdaptVectors);
            if (isMatrix)
            {
                long rows = parameter.Shape[0].Factor;
                parts.Add(new UpdatePart(from, from + length, rate, decay, adapts, [parameter.Name])
                {
                    Matrix = (rows, parameter.Count / rows),
                });
                continue;
            }

            if (!adapts && parts.Count > 0 && parts[parts.Count - 1] is { Adapts: false, Matrix: null } last && last.To == from
                && last.LearningRate == rate && last.WeightDecay == decay)
                parts[parts.Count - 1] = last with { To = from + length, Parameters = [.. last.Parameters, parameter.Name] };
            else
                parts.Add(new UpdatePart(from, from + length, rate, decay, adapts, [parameter.Name]));
        }

        return parts;
    }
}
