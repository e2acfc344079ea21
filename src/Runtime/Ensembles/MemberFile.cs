using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Several networks of one declaration in one safetensors file, with a tensor that says how they become one: each
/// member's parameters, buffers and statistics by its number, <c>0.</c>, and PyTorch's names.</summary>
/// <typeparam name="TNetwork">The declaration.</typeparam>
/// <param name="kind">The key of the metadata that names the declaration, as <c>dsl.ensemble</c>.</param>
/// <param name="what">What the file holds, for messages: <c>ensemble</c>.</param>
/// <param name="rule">The name of the tensor.</param>
internal sealed class MemberFile<TNetwork>(string kind, string what, string rule)
    where TNetwork : nn.Module<Tensor, Tensor>
{
    private static string Declaration => typeof(TNetwork).FullName!;

    /// <summary>Writes a file, in a folder that is created when there is none.</summary>
    /// <exception cref="InvalidOperationException">A member holds NaN or infinity, or lacks statistics.</exception>
    public void Write(
        string path, IReadOnlyList<TNetwork> members, Tensor combination, IReadOnlyDictionary<string, string> facts)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        foreach (var member in members) (member as IDatasetModel)?.Preprocessing.RequireFitted();
        var state = State(members);
        var exceptions = FiniteState.Exceptions(state);
        if (exceptions.Count > 0)
        {
            throw new InvalidOperationException(
                $"The {what} holds NaN or infinity in {FiniteState.List(exceptions)}, and is not saved.");
        }

        state.Add(rule, combination);
        var metadata = new Dictionary<string, string>(facts) { [kind] = Declaration };
        if (members is [IDatasetModel model, ..]) ModelFile.Describe(model.Preprocessing, metadata);
        Checkpoint.CreateFolder(path);
        Safetensors.WriteWithChecksum(path, state, metadata);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Makes a network of the declaration; its values are replaced.</param>
    /// <param name="combine">Makes the whole of the networks, the tensor, which is freed, and the metadata.</param>
    /// <param name="count">How many members the tensor tells of.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    public TWhole Read<TWhole>(
        string path, Func<TNetwork> create, Func<Tensor, long> count,
        Func<TNetwork[], Tensor, IReadOnlyDictionary<string, string>, TWhole> combine)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(create);
        using var saved = Safetensors.ReadAndCheck(path);
        if (!saved.Metadata.TryGetValue(kind, out string? found) || found != Declaration)
        {
            throw new InvalidDataException($"{path} holds {(found is null ? $"no {what}" : $"an {what} of {found}")}, and not "
                + $"one of {Declaration}.");
        }

        if (!saved.TryGetValue(rule, out var combination))
            throw new InvalidDataException($"{path} does not say how the members of its {what} become one: it has no '{rule}'.");
        var members = new List<TNetwork>();
        try
        {
            for (long i = count(combination); i > 0; i--) members.Add(create());
            if (members is [IDatasetModel model, ..]) ModelFile.RequireDescription(path, model.Preprocessing, saved.Metadata);
            var state = State(members);
            state.Add(rule, combination);
            Checkpoint.RequireSameTensors(path, saved, state);
            using (no_grad())
            {
                foreach (var (name, value) in state)
                    if (name != rule) value.copy_(saved[name]);
            }

            return combine([.. members], combination, saved.Metadata);
        }
        catch
        {
            foreach (var member in members) member.Dispose();
            throw;
        }
    }

    private static Dictionary<string, Tensor> State(IReadOnlyList<TNetwork> members)
    {
        var state = new Dictionary<string, Tensor>();
        for (int i = 0; i < members.Count; i++)
        {
            foreach (var (name, value) in ModelFile.State(members[i]))
                state.Add(string.Create(CultureInfo.InvariantCulture, $"{i}.{name}"), value);
        }

        return state;
    }
}
