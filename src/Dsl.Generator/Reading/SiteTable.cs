using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator.Reading;

/// <summary>Where sites stand in the text at present.</summary>
internal sealed class SiteTable
{
    private readonly Dictionary<Site, SiteLocation> _places = [];
    private readonly ILookup<string, SyntaxTree> _trees;

    public SiteTable(IEnumerable<SiteLocation> places, IEnumerable<SyntaxTree> trees)
    {
        foreach (var place in places) _places[place.Site] = place;
        _trees = trees.ToLookup(tree => tree.FilePath);
    }

    /// <summary>A location made from a syntax tree, not from a path: only such a one obeys <c>#pragma warning</c>.</summary>
    public Location Find(Site site) => _places.TryGetValue(site, out var place) && _trees[place.Path].FirstOrDefault() is { } tree
        ? Location.Create(tree, new TextSpan(place.Start, place.Length))
        : Location.None;
}
