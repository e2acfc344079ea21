using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Weights of one network for another, as for a second stage of training.</summary>
public static class NetworkWeights
{
    /// <summary>Copies parameters and buffers, running statistics among them, that two networks both have.</summary>
    /// <param name="from">The network that has them.</param>
    /// <param name="to">The network that gets them; values are converted to its types and moved to its device.</param>
    /// <param name="patterns">What their names fit in both, as those of <c>Freeze</c>: <c>"0"</c>, <c>"backbone.*"</c>; none for
    /// every name of <paramref name="from"/>.</param>
    /// <returns>The names of what was copied, in order.</returns>
    /// <exception cref="ArgumentException">A pattern fits nothing that both have, or a tensor has another shape; nothing was
    /// copied.</exception>
    public static IReadOnlyList<string> Copy(nn.Module from, nn.Module to, params ReadOnlySpan<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        using var noGrad = no_grad();
        Dictionary<string, Tensor> given = from.state_dict(), own = to.state_dict();
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string pattern in patterns.Length == 0 ? ["*"] : patterns)
        {
            string[] fitting = [.. given.Keys.Where(name => HeldParameters.Fits(pattern, name))];
            if (pattern != "*") fitting = [.. fitting.Where(own.ContainsKey)];
            if (fitting.Length == 0)
            {
                throw new ArgumentException(
                    $"\"{pattern}\" fits no tensor that '{from.GetName()}' and '{to.GetName()}' both have. The one has "
                    + $"{Shown(given.Keys)}; the other has {Shown(own.Keys)}.", nameof(patterns));
            }

            names.UnionWith(fitting);
        }

        foreach (string name in names)
        {
            if (own.TryGetValue(name, out var place) && place.shape.AsSpan().SequenceEqual(given[name].shape)) continue;
            string what = place is null ? "has none" : $"has [{string.Join(", ", place.shape)}]";
            throw new ArgumentException(
                $"'{name}' is [{string.Join(", ", given[name].shape)}] in '{from.GetName()}', but '{to.GetName()}' {what}: "
                + "name what is to be copied.", nameof(patterns));
        }

        foreach (string name in names) own[name].copy_(given[name]);
        return [.. names];
    }

    private static string Shown(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(12)) + (names.Count > 12 ? $", and {names.Count - 12} more" : "");
}
