using System.IO.Enumeration;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The parameters that a trainer does not change for now: they have no gradient in an update, and behind it they and
/// what the optimizer keeps for them are what they were.</summary>
/// <param name="arenas">The trained parameters, with whom they belong to.</param>
internal sealed class HeldParameters(IReadOnlyList<(object Owner, ParameterArena Arena)> arenas) : IDisposable
{
    private const int Shown = 12;

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(ParameterArena Arena, Tensor State, long First)> _states = [];
    private readonly List<(Tensor Place, Tensor Value)> _kept = [];

    /// <summary>The names of those that are held, in order.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Says what an optimizer keeps for the parameters of an arena, or for some of them from one on.</summary>
    public void AddState(ParameterArena arena, Tensor state, long first) => _states.Add((arena, state, first));

    /// <summary>Holds parameters, or lets go of them.</summary>
    /// <param name="patterns">What their names fit.</param>
    /// <param name="areHeld">Whether they are held from now on.</param>
    /// <exception cref="ArgumentException">A pattern fits no trained parameter; nothing has changed.</exception>
    public IReadOnlyList<string> Set(ReadOnlySpan<string> patterns, bool areHeld)
    {
        string[] all = [.. Parameters().Select(parameter => parameter.Name).Distinct()];
        var named = new List<string>();
        foreach (string pattern in patterns)
        {
            string[] fitting = [.. all.Where(name => Fits(pattern, name))];
            named.AddRange(fitting.Length > 0 ? fitting : throw Unknown(pattern, all));
        }

        foreach (string name in named)
        {
            if (areHeld) _names.Add(name);
            else _names.Remove(name);
        }

        return [.. named.Distinct()];
    }

    /// <summary>Holds these and no others, as a checkpoint has it.</summary>
    /// <exception cref="InvalidDataException">One of them is no trained parameter.</exception>
    public Action Restore(string path, IReadOnlyCollection<string> names)
    {
        var unknown = names.Except(Parameters().Select(parameter => parameter.Name)).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidDataException($"{path} was saved while '{unknown[0]}' was frozen, which is no trained parameter "
                + "here. Was the declaration changed after it was saved?");
        }

        return () =>
        {
            _names.Clear();
            _names.UnionWith(names);
        };
    }

    /// <summary>Before an update: clears the gradients of what is held, and keeps what it is.</summary>
    public void Hold()
    {
        using var noGrad = no_grad();
        Forget();
        foreach (var (arena, from, length) in Parts())
        {
            using (var gradients = arena.Gradients.narrow(0, from, length)) gradients.zero_().Dispose();
            Keep(arena.Trainable, from, length);
            foreach (var (_, state, first) in _states.Where(state => state.Arena == arena))
            {
                long start = Math.Max(from - first, 0), end = Math.Min(from + length - first, state.numel());
                if (start < end) Keep(state, start, end - start);
            }
        }
    }

    /// <summary>Behind an update: puts back what was kept.</summary>
    public void Release()
    {
        using var noGrad = no_grad();
        foreach (var (place, value) in _kept) place.copy_(value).Dispose();
        Forget();
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private void Keep(Tensor flat, long from, long length)
    {
        var place = flat.narrow(0, from, length).DetachFromDisposeScope();
        _kept.Add((place, place.clone().DetachFromDisposeScope()));
    }

    private void Forget()
    {
        foreach (var (place, value) in _kept)
        {
            place.Dispose();
            value.Dispose();
        }

        _kept.Clear();
    }

    // What stands side by side in an arena is one part, the space between parameters included.
    private List<(ParameterArena Arena, long From, long Length)> Parts()
    {
        var parts = new List<(ParameterArena Arena, long From, long Length)>();
        foreach (var (name, arena, from, length) in Parameters())
        {
            if (!_names.Contains(name)) continue;
            if (parts.Count > 0 && parts[^1] is var last && last.Arena == arena && last.From + last.Length == from)
                parts[^1] = last with { Length = last.Length + length };
            else
                parts.Add((arena, from, length));
        }

        return parts;
    }

    private IEnumerable<(string Name, ParameterArena Arena, long From, long Length)> Parameters()
    {
        foreach (var (owner, arena) in arenas)
        {
            if (owner is not nn.Module network) continue;
            foreach (var (name, from, count) in network.named_parameters()
                .Select(pair => (pair.name, From: pair.parameter.storage_offset(), Count: pair.parameter.numel()))
                .Where(pair => pair.From < arena.TrainableLength).OrderBy(pair => pair.From))
            {
                const long alignment = ParameterArena.Alignment;
                yield return (name, arena, from, (count + alignment - 1) / alignment * alignment);
            }
        }
    }

    /// <summary>Whether a name fits a pattern. Without a star it is a path, as that of a parameter group.</summary>
    internal static bool Fits(string pattern, string name) => pattern.AsSpan().ContainsAny('*', '?')
        ? FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)
        : name == pattern || (name.StartsWith(pattern, StringComparison.Ordinal) && name[pattern.Length] == '.');

    private static ArgumentException Unknown(string pattern, string[] names)
    {
        var layers = names.Where(name => name.Contains('.', StringComparison.Ordinal))
            .Select(name => name[..name.LastIndexOf('.')]).Distinct().ToList();
        var paths = layers.SelectMany(layer => Enumerable.Range(1, layer.Count(character => character == '.') + 1)
            .Select(count => string.Join('.', layer.Split('.')[..count]))).Distinct().ToList();
        string more = names.Length > Shown ? $", and {names.Length - Shown} more" : "";
        string question = NearName.Question(pattern, [.. names, .. paths, .. paths.Select(path => path + ".*")]);
        return new ArgumentException($"No trained parameter fits \"{pattern}\", but there are "
            + $"{string.Join(", ", names.Take(Shown))}{more}{question}");
    }
}
