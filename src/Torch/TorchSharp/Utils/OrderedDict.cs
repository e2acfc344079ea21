using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that keeps the order of insertion and is enumerated as pairs.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class OrderedDict<TKey, TValue> : IEnumerable<(TKey, TValue)>
    where TKey : notnull
{
    private readonly OrderedDictionary<TKey, TValue> entries = [];

    /// <summary>The number of entries.</summary>
    public int Count => entries.Count;

    /// <summary>The keys in order.</summary>
    public ICollection<TKey> Keys => entries.Keys;

    /// <summary>The values in order.</summary>
    public ICollection<TValue> Values => entries.Values;

    /// <summary>The value of a key; a new key goes to the end.</summary>
    public TValue this[TKey key]
    {
        get => entries[key];
        set => entries[key] = value;
    }

    /// <summary>Adds an entry at the end.</summary>
    /// <exception cref="ArgumentException">The key exists.</exception>
    public void Add(TKey key, TValue value) => entries.Add(key, value);

    /// <summary>Adds an entry at the end unless its key exists.</summary>
    public bool TryAdd(TKey key, TValue value) => entries.TryAdd(key, value);

    /// <summary>Removes an entry.</summary>
    public bool Remove(TKey key) => entries.Remove(key);

    /// <summary>Whether there is an entry with the key.</summary>
    public bool ContainsKey(TKey key) => entries.ContainsKey(key);

    /// <summary>The value of a key, if there is one.</summary>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => entries.TryGetValue(key, out value);

    /// <summary>Removes all entries.</summary>
    public void clear() => entries.Clear();

    /// <inheritdoc/>
    public IEnumerator<(TKey, TValue)> GetEnumerator()
    {
        foreach (var (key, value) in entries)
        {
            yield return (key, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
