namespace Dsl.Runtime;

/// <summary>A name of Python that a dictionary of tensors is made with. Nothing is looked up by it, and no other is
/// known.</summary>
internal sealed class PickledName
{
    /// <summary>What to do with a file that is no dictionary of tensors.</summary>
    public const string Advice = "In Python, torch.save(model.state_dict(), path) writes tensors alone.";

    private const string Dictionary = "collections.OrderedDict";
    private const string View = "torch._utils._rebuild_tensor_v2";
    private const string Parameter = "torch._utils._rebuild_parameter";
    private const string Storage = "Storage";

    private readonly string _name;

    private PickledName(string name) => _name = name;

    /// <summary>The letters before Storage, as Float; null when it is no storage's name.</summary>
    public string? Elements =>
        _name.EndsWith(Storage, StringComparison.Ordinal) ? _name["torch.".Length..^Storage.Length] : null;

    /// <exception cref="InvalidDataException">The name is none of those; Python would look it up, and might call it.</exception>
    public static PickledName Of(string path, string module, string name)
    {
        var whole = $"{module}.{name}";
        var isKnown = whole is Dictionary or View or Parameter
            || (module == "torch" && PyTorchTypes.Find(name) is not null);
        return isKnown ? new PickledName(whole) : throw new InvalidDataException(
            $"{path} is refused: its pickle names '{whole}', which PyTorch would load and might run, and which is no tensor. "
            + $"Nothing of it was run. {Advice}");
    }

    /// <summary>What Python's call gives.</summary>
    public object Make(string path, object?[] arguments) => (_name, arguments) switch
    {
        (Dictionary, []) => new PickledDictionary(),
        (View, [PickledStorage storage, long offset, object?[] shape, object?[] strides, ..]) =>
            new PickledTensor(storage, offset, Numbers(path, shape), Numbers(path, strides)),
        (Parameter, [PickledTensor tensor, ..]) => tensor,
        _ => throw new InvalidDataException(
            $"{path}: the pickle calls '{_name}' with other arguments than PyTorch does. Nothing of it was run. {Advice}"),
    };

    private static long[] Numbers(string path, object?[] numbers) => numbers.All(number => number is long)
        ? [.. numbers.Cast<long>()]
        : throw new InvalidDataException($"{path}: the shape of a tensor in the pickle is not made of numbers. {Advice}");
}

/// <summary>A dictionary; of keys that are no texts nothing is kept but that they are there.</summary>
internal sealed class PickledDictionary
{
    /// <summary>The values by name, in the file's order.</summary>
    public OrderedDictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">A key is no text, or is there already.</exception>
    public void Add(string path, object? key, object? value)
    {
        if (key is not string name || !Values.TryAdd(name, value))
        {
            throw new InvalidDataException(
                $"{path}: a dictionary in the pickle has {(key is string ? $"'{key}' twice" : "a key that is no text")}. "
                + PickledName.Advice);
        }
    }
}

/// <summary>A reference to elements that lie in a file of their own in the archive.</summary>
/// <param name="Elements">PyTorch's name of their type, as Float.</param>
/// <param name="Key">The file below <c>data</c>.</param>
/// <param name="Count">How many there are.</param>
internal sealed record PickledStorage(string Elements, string Key, long Count)
{
    /// <exception cref="InvalidDataException">The reference is to something else.</exception>
    public static PickledStorage Of(string path, object? reference) =>
        reference is object?[] and ["storage", PickledName { Elements: { } elements }, string key, string, long count]
            ? new PickledStorage(elements, key, count)
            : throw new InvalidDataException(
                $"{path}: the pickle refers to something that is no storage of elements. {PickledName.Advice}");
}

/// <summary>A tensor as a view of a storage.</summary>
/// <param name="Storage">Where its elements lie.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Strides">Elements from one index to the next, by dimension.</param>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Shape, long[] Strides);
