using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Weights from elsewhere, as PyTorch's: in a safetensors file, or in one that <c>torch.save(model.state_dict(), path)</c> wrote
/// (PyTorch 1.6 and later). The pickle in such a file is read as data. Nothing that it names is looked up or run, and a file with
/// anything else than tensors by name is refused.
/// </summary>
public static class PretrainedWeights
{
    /// <summary>Fills the parameters and buffers of a network, by their names; nothing is filled when it is refused.</summary>
    /// <param name="network">The network; values are converted to its types and moved to its device.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">Whether the file must hold every tensor of the network, in its shape, and no other.</param>
    /// <param name="rename">Beginnings of names in the file, and what stands for them in the network:
    /// <c>("features.", "0.")</c>. The first one that fits a name is applied to it.</param>
    /// <returns>What was loaded and what was not.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or has something else than tensors; or no tensor of it fits;
    /// or, when strict, something is missing, not expected or of another shape. The message lists it.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static LoadedWeights Load(
        nn.Module network, string path, bool strict = true, params ReadOnlySpan<(string From, string To)> rename)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var file = Safetensors.ReadForeign(path);
        var found = new Found(path);
        foreach (var name in file.Keys)
        {
            found.Add(Rename(name, rename), new PretrainedSource(file, [name], null));
        }

        return Fill(network, strict, found);
    }

    /// <summary>The same, for a file whose tensors also lie otherwise: transposed, joined, or in parts.</summary>
    /// <param name="network">The network; values are converted to its types and moved to its device.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">Whether the file must hold every tensor of the network, in its shape, and no other than those that
    /// are passed over.</param>
    /// <param name="parts">What the file calls parts of the network. The first one that fits a name is applied to it, and so
    /// are all of the same <see cref="PretrainedPart.From"/>, which take parts of it; joined tensors go before.</param>
    /// <returns>What was loaded and what was not.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or has something else than tensors; or no tensor of it fits;
    /// or, when strict, something is missing, not expected or of another shape. The message lists it.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static LoadedWeights Load(nn.Module network, string path, bool strict, IReadOnlyList<PretrainedPart> parts)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parts);
        using var file = Safetensors.ReadForeign(path);
        var found = new Found(path);
        var joined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts.Where(part => part.Joined.Count > 0 && part.Joined.All(file.ContainsKey)))
        {
            found.Add(part.To!, new PretrainedSource(file, part.Joined, part));
            joined.UnionWith(part.Joined);
        }

        foreach (var name in file.Keys.Where(name => !joined.Contains(name)))
        {
            if (parts.FirstOrDefault(part => part.Fits(name)) is not { } first)
            {
                found.Add(name, new PretrainedSource(file, [name], null));
                continue;
            }

            foreach (var part in parts.Where(part => part.From == first.From && part.Fits(name) && part.To is not null))
            {
                found.Add(part.To + name[part.From.Length..], new PretrainedSource(file, [name], part));
            }
        }

        return Fill(network, strict, found);
    }

    private static LoadedWeights Fill(nn.Module network, bool strict, Found found)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var own = network.state_dict();
        var given = found.Sources;
        var named = own.Where(pair => given.ContainsKey(pair.Key)).ToLookup(pair => given[pair.Key].Makes(pair.Value.shape));
        var fitting = named[true].ToList();

        // A parameter that layers share is there under the name of one.
        var filled = fitting.Select(pair => pair.Value.Handle).ToHashSet();
        var report = new LoadedWeights(
            [.. fitting.Select(pair => pair.Key)],
            [.. own.Where(pair => !given.ContainsKey(pair.Key) && !filled.Contains(pair.Value.Handle)).Select(pair => pair.Key)],
            [.. given.Where(pair => !own.ContainsKey(pair.Key)).SelectMany(pair => pair.Value.Names)],
            [.. named[false].Select(
                pair => $"{pair.Key} {given[pair.Key].Shapes} for [{string.Join(", ", pair.Value.shape)}]")]);
        if (report.Loaded.Count == 0 || (strict && !report.IsWhole))
        {
            var advice = "Rename what is called otherwise" + (strict ? ", or load what fits by strict: false." : ".");
            throw new InvalidDataException(
                $"{found.Path} does not fit '{network.GetName()}': {report.Describe("would fit")}. {advice}");
        }

        foreach (var (name, tensor) in fitting)
        {
            tensor.copy_(given[name].Make().reshape(tensor.shape));
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

    /// <summary>What a file holds, by the names of a network.</summary>
    private sealed class Found(string path)
    {
        public string Path => path;

        public OrderedDictionary<string, PretrainedSource> Sources { get; } = new(StringComparer.Ordinal);

        public void Add(string own, PretrainedSource source)
        {
            if (!Sources.TryAdd(own, source))
            {
                throw new InvalidDataException(
                    $"{path}: '{Sources[own].Names[0]}' and '{source.Names[0]}' are both renamed to '{own}'.");
            }
        }
    }
}
