using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>Inputs whose sequences end early: zeros stand behind their ends before a layer gets them, so that nothing that is
/// computed of padding can be infinite.</summary>
internal static class SequenceEntry
{
    /// <summary>The places that an input of lengths counts; null for another input, or for lengths of nothing.</summary>
    public static long? Places(FurtherInputAttribute declared, NetworkProgram network) =>
        declared is LengthsAttribute lengths && Counted(lengths, network) is { Value.Shape: { Rank: > 1 } shape }
            ? shape[1].Factor : null;

    /// <summary>Adds the ends; false, with findings, where lengths do not belong to sequences.</summary>
    public static bool Add(ModelDeclaration declaration, NetworkProgram network, Findings findings)
    {
        foreach (var declared in AttributeBinder.BindAll<FurtherInputAttribute>(declaration.FurtherInputs, findings))
        {
            if (declared.Attribute is not LengthsAttribute lengths) continue;
            string given = lengths.Of is null ? "" : nameof(lengths.Of);
            var site = given.Length == 0 ? declared.Site : declared.SiteOf(given);
            if (Counted(lengths, network) is not { } counted)
            {
                var names = network.Inputs.Skip(1).Where(input => input.CountedPlaces is null)
                    .Select(input => input.Name).ToList();
                string missing = $"the model has no input \"{lengths.Of}\" before it";
                findings.Add(Catalogue.LengthsOfNothing, site, lengths.Name, missing + NearName.Question(lengths.Of!, names))
                    .Offer(declared.Correct(given, lengths.Of!, names), declared.Remove(given));
                return false;
            }

            Value entry = network.EntryOf(counted);
            string? problem = declaration.Methods is not null
                ? "layers on methods find no lengths: declare the model as a stack"
                : counted.Value.Shape.Rank < 2 || counted.CountedPlaces is not null
                    || counted.Value.Shape[0] != Dim.Batch("N")
                ? $"{counted.Value.Shape} of '{counted.Name}' has no places: sequences are [N, T, ...]"
                : counted.Value.Shape.Rank > 3 ? $"{counted.Value.Shape} of '{counted.Name}' is no sequence [N, T] or [N, T, D]"
                : network.Ends.ContainsKey(entry) ? $"the sequences of '{counted.Name}' have lengths already"
                : null;
            if (problem is not null)
            {
                findings.Add(Catalogue.LengthsOfNothing, site, lengths.Name, problem);
                return false;
            }

            Value numbers = network.Inputs.First(input => input.Name == lengths.Name).Value;
            network.Computation.Section = $"Ends of '{counted.Name}'";
            Value own = network.Computation.Add(
                new ClearBehindEnds(1), "own" + counted.Member, entry, numbers);
            network.Computation.Section = null;
            network.Ends.Add(own, new SequenceEnds(numbers, 1));
            if (counted == network.Inputs[0]) network.Entry = network.Output = own;
            else network.FurtherEntries.Add(counted.Name, own);
        }

        return true;
    }

    private static NetworkPort? Counted(LengthsAttribute lengths, NetworkProgram network) => lengths.Of is null
        ? network.Inputs[0] : network.Inputs.Skip(1).FirstOrDefault(input => input.Name == lengths.Of);
}
