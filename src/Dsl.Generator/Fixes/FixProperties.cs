using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Fixes;

/// <summary>
/// Fixes on their way from the compiler to an editor: as properties of a diagnostic, with their places among its locations.
/// Place 0 is the diagnostic's own location, place i its additional location i − 1.
/// </summary>
internal static class FixProperties
{
    /// <summary>A fix as the editor gets it.</summary>
    /// <param name="Key">What it does, equal for fixes that can be made together.</param>
    public sealed record Offer(string Title, string Key, IReadOnlyList<Step> Steps);

    /// <summary>An edit with the places at which it is made.</summary>
    public sealed record Step(EditKind Kind, Location Place, string Name, string Value, Location? Target);

    /// <summary>A finding as a diagnostic that carries its fixes.</summary>
    /// <param name="descriptor">The finding's own descriptor, or another one under which its fixes are offered.</param>
    /// <param name="words">The words of the message.</param>
    /// <param name="find">Where a site stands.</param>
    public static Diagnostic Diagnose(
        DiagnosticDescriptor descriptor, Finding finding, IEnumerable<string> words, Func<Site, Location> find)
    {
        var places = new List<Location> { find(finding.Site) };
        if (finding.Related is not null) places.Add(find(finding.Related));
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        if (finding.Fixes.Count > 0) properties["Id"] = finding.Id;
        for (int i = 0; i < finding.Fixes.Count; i++) Write(finding, i, properties, Place);
        return Diagnostic.Create(descriptor, places[0], places.Skip(1), properties.ToImmutable(), words.Cast<object>().ToArray());

        int Place(Site site)
        {
            var location = find(site);
            if (!places.Contains(location)) places.Add(location);
            return places.IndexOf(location);
        }
    }

    /// <summary>The fixes that a diagnostic carries.</summary>
    public static IEnumerable<Offer> Read(Diagnostic diagnostic)
    {
        var properties = diagnostic.Properties;
        for (int i = 0; properties.TryGetValue($"{i}.Title", out string? title); i++)
        {
            var steps = new List<Step>();
            for (int j = 0; properties.TryGetValue($"{i}.{j}.Kind", out string? kind); j++)
            {
                steps.Add(new Step((EditKind)Enum.Parse(typeof(EditKind), kind!), Place($"{i}.{j}.Place")!,
                    properties[$"{i}.{j}.Name"]!, properties[$"{i}.{j}.Value"]!, Place($"{i}.{j}.Target")));
            }

            yield return new Offer(title!, properties[$"{i}.Key"]!, steps);
        }

        Location? Place(string key) => !properties.TryGetValue(key, out string? text) ? null
            : int.Parse(text!, CultureInfo.InvariantCulture) is var place and > 0 ? diagnostic.AdditionalLocations[place - 1]
            : diagnostic.Location;
    }

    private static void Write(Finding finding, int index, IDictionary<string, string?> properties, Func<Site, int> place)
    {
        var fix = finding.Fixes[index];
        properties[$"{index}.Title"] = fix.Title;
        string kinds = string.Join("+", fix.Edits.Select(edit => edit.Kind));
        properties[$"{index}.Key"] = $"{finding.Id}.{kinds}.{index.ToString(CultureInfo.InvariantCulture)}";
        for (int j = 0; j < fix.Edits.Count; j++)
        {
            var edit = fix.Edits[j];
            string prefix = $"{index}.{j}.";
            properties[prefix + "Kind"] = edit.Kind.ToString();
            properties[prefix + "Place"] = place(edit.Site).ToString(CultureInfo.InvariantCulture);
            properties[prefix + "Name"] = edit.Name;
            properties[prefix + "Value"] = edit.Value;
            if (edit.Target is not null)
                properties[prefix + "Target"] = place(edit.Target).ToString(CultureInfo.InvariantCulture);
        }
    }
}
