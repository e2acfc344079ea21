using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Weights from elsewhere, as PyTorch's, in a safetensors file.</summary>
public static class PretrainedWeights
{
    /// <summary>Fills the parameters and buffers of a network, by their names; nothing is filled when it is refused.</summary>
    /// <param name="network">The network; values are converted to its types and moved to its device.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">Whether the file must hold every tensor of the network, in its shape, and no other.</param>
    /// <param name="rename">Beginnings of names in the file, and what stands for them in the network:
    /// <c>("features.", "0.")</c>. The first one that fits a name is applied to it.</param>
    /// <returns>What was loaded and what was not.</returns>
    /// <exception cref="InvalidDataException">The file is damaged; or no tensor of it fits; or, when strict, something is
    /// missing, not expected or of another shape. The message lists it.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static LoadedWeights Load(
        nn.Module network, string path, bool strict = true, params ReadOnlySpan<(string From, string To)> rename)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var noGrad = no_grad();
        using var file = Safetensors.Read(path);
        var given = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in file.Keys)
        {
            var renamed = Rename(name, rename);
            if (!given.TryAdd(renamed, name))
            {
                throw new InvalidDataException($"{path}: '{given[renamed]}' and '{name}' are both renamed to '{renamed}'.");
            }
        }

        var own = network.state_dict();
        var named = own.Where(pair => given.ContainsKey(pair.Key))
            .ToLookup(pair => HaveOneShape(pair.Value, file[given[pair.Key]]));
        var fitting = named[true].ToList();
        var report = new LoadedWeights(
            [.. fitting.Select(pair => pair.Key)],
            [.. own.Keys.Where(name => !given.ContainsKey(name))],
            [.. given.Where(pair => !own.ContainsKey(pair.Key)).Select(pair => pair.Value)],
            [.. named[false].Select(pair => $"{pair.Key} [{Shape(file[given[pair.Key]])}] for [{Shape(pair.Value)}]")]);
        if (report.Loaded.Count == 0 || (strict && !report.IsWhole))
        {
            var advice = "Rename what is called otherwise" + (strict ? ", or load what fits by strict: false." : ".");
            throw new InvalidDataException(
                $"{path} does not fit '{network.GetName()}': {report.Describe("would fit")}. {advice}");
        }

        foreach (var (name, tensor) in fitting)
        {
            tensor.copy_(file[given[name]]);
        }

        return report;
    }

    private static string Rename(string name, ReadOnlySpan<(string From, string To)> rename)
    {
        foreach (var (from, to) in rename)
        {
            if (name.StartsWith(from, StringComparison.Ordinal))
            {
                return to + name[from.Length..];
            }
        }

        return name;
    }

    private static bool HaveOneShape(Tensor left, Tensor right) => left.shape.AsSpan().SequenceEqual(right.shape);

    private static string Shape(Tensor tensor) => string.Join(", ", tensor.shape);
}
