using Dsl.Generator.Diagnostics;
using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;

namespace Dsl.Generator.Programs;

/// <summary>Paths that name parameters: a layer's number, or the whole name of a parameter.</summary>
internal static class ParameterPath
{
    private const int Shown = 12;

    /// <summary>Whether a path is a parameter's name or a whole number of its first segments.</summary>
    public static bool Names(string path, string parameter) =>
        parameter == path || parameter.StartsWith(path + ".", StringComparison.Ordinal);

    /// <summary>A path as part of a property's name: <c>0.weight</c> is <c>0Weight</c>, <c>3.1</c> is <c>3_1</c>.</summary>
    public static string Member(string path) => path.Split('.').Aggregate("", (name, segment) =>
        name + (name.Length > 0 && char.IsDigit(segment[0]) ? "_" : "") + char.ToUpperInvariant(segment[0])
            + segment.Substring(1));

    /// <summary>What could have been meant: the parameters of the layer that the path begins with, else all layers.</summary>
    public static string Known(string path, NetworkProgram network) => Near(path, Trained(network), All(network));

    /// <summary>Likewise, of names of tensors.</summary>
    /// <param name="path">What was written.</param>
    /// <param name="names">The tensors.</param>
    /// <param name="known">All that could have been meant.</param>
    public static string Near(string path, IReadOnlyCollection<string> names, IEnumerable<string> known)
    {
        string first = path.Split('.')[0];
        var near = names.Where(name => Names(first, name)).ToList();
        if (near.Count == 0) near = Layers(names).ToList();
        string more = near.Count > Shown ? $" and {near.Count - Shown} more" : "";
        return string.Join(", ", near.Take(Shown).Select(name => $"\"{name}\"")) + more + NearName.Question(path, known);
    }

    /// <summary>Every path that a name begins with: of <c>0.1.weight</c> <c>0</c> and <c>0.1</c>.</summary>
    public static IEnumerable<string> Beginnings(string name)
    {
        for (int end = name.IndexOf('.'); end >= 0; end = name.IndexOf('.', end + 1)) yield return name.Substring(0, end);
    }

    /// <summary>Every path that names a trained parameter or a layer that has some.</summary>
    public static IEnumerable<string> All(NetworkProgram network)
    {
        var names = Trained(network);
        return names.Concat(Layers(names));
    }

    /// <summary>The trained parameters in groups, in the order in which the network reads them.</summary>
    /// <param name="depth">How many segments the names in a group begin with; where a layer's own path is shorter, that.</param>
    public static IReadOnlyList<(string Path, IReadOnlyList<string> Parameters)> Groups(NetworkProgram network, int depth) =>
        Trained(network).GroupBy(name => Beginnings(name).Take(depth).LastOrDefault() ?? name)
            .Select(group => (group.Key, (IReadOnlyList<string>)group.ToList())).ToList();

    private static List<string> Trained(NetworkProgram network) =>
        network.Parameters.Where(parameter => !parameter.IsFrozen).Select(parameter => parameter.Name).ToList();

    private static IEnumerable<string> Layers(IEnumerable<string> names) =>
        names.Select(name => name.Substring(0, name.LastIndexOf('.'))).Distinct();
}
