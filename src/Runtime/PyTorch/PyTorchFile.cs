using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A state dictionary that <c>torch.save</c> wrote (PyTorch 1.6 and later): an archive with a pickle, which names the tensors,
/// and a file of elements for each storage. The pickle is a program in Python; here it is read as data
/// (<see cref="PickleMachine"/>).
/// </summary>
internal static class PyTorchFile
{
    // As a whole it holds names and numbers alone; the largest published networks have some thousands of tensors.
    private const long LongestPickle = 64 << 20;

    private static readonly byte[] Archive = [0x50, 0x4b, 0x03, 0x04];

    // A pickle of protocol 2 with the number 0x1950a86a20f9469cfc6c, with which every file of the old format begins.
    private static readonly byte[] Old = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    /// <summary>Whether a file is one of PyTorch's, by its first bytes.</summary>
    /// <exception cref="InvalidDataException">It is one in the format before PyTorch 1.6.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static bool Is(string path)
    {
        using var stream = Open(path);
        Span<byte> first = stackalloc byte[Old.Length];
        first = first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        return !first.SequenceEqual(Old) ? first.StartsWith(Archive) : throw new InvalidDataException(
            $"{path} is in PyTorch's format before 1.6. Load and save it once more, with torch.load and torch.save of a newer "
            + "PyTorch.");
    }

    /// <summary>Reads a file whole.</summary>
    /// <returns>The tensors, outside all dispose scopes and the caller's to dispose.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else than tensors by name. Nothing that
    /// it names is run.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static OrderedDictionary<string, Tensor> Read(string path)
    {
        using var stream = Open(path);
        using var archive = Entries(path, stream);
        var pickle = archive.Entries.Where(entry => entry.FullName.Split('/') is [_, "data.pkl"]).ToList();
        if (pickle.Count != 1)
        {
            throw new InvalidDataException($"{path} is an archive, but none that torch.save wrote: it has no data.pkl.");
        }

        var folder = pickle[0].FullName[..^"data.pkl".Length];
        if (archive.GetEntry(folder + "byteorder") is { } order && !Whole(path, order, 16).AsSpan().SequenceEqual("little"u8))
        {
            throw new InvalidDataException($"{path} was written on a machine whose numbers begin with their highest byte.");
        }

        var named = new PickleMachine(path, Whole(path, pickle[0], LongestPickle)).Run() as PickledDictionary
            ?? throw new InvalidDataException($"{path} holds no dictionary of tensors. {PickledName.Advice}");
        var tensors = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        var storages = new Dictionary<PickledStorage, Tensor>();
        try
        {
            using var scope = NewDisposeScope();
            using var unrecorded = no_grad();
            foreach (var (name, value) in named.Values)
            {
                if (value is not PickledTensor tensor)
                {
                    throw new InvalidDataException($"{path}: '{name}' is no tensor. {PickledName.Advice}");
                }

                if (!storages.TryGetValue(tensor.Storage, out var elements))
                {
                    storages[tensor.Storage] = elements = Elements(path, archive, folder, tensor.Storage);
                }

                tensors.Add(name, View(path, name, tensor, elements).DetachFromDisposeScope());
            }
        }
        catch
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw;
        }

        return tensors;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Safetensors.StreamBuffer);

    private static ZipArchive Entries(string path, Stream stream)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries.Count;
            return archive;
        }
        catch (InvalidDataException damage)
        {
            archive?.Dispose();
            throw new InvalidDataException($"{path} is a damaged archive: {damage.Message}", damage);
        }
    }

    // PyTorch compresses nothing, so that what it becomes in memory is never more than the file.
    private static long Length(string path, ZipArchiveEntry entry) =>
        entry.Length != entry.CompressedLength ? throw new InvalidDataException(
            $"{path}: '{entry.FullName}' is compressed, which torch.save does not do.")
        : entry.Length > new FileInfo(path).Length ? throw new InvalidDataException(
            $"{path}: '{entry.FullName}' is said to have {entry.Length} bytes, more than the file.")
        : entry.Length;

    private static byte[] Whole(string path, ZipArchiveEntry entry, long limit)
    {
        var length = Length(path, entry);
        if (length > limit)
        {
            throw new InvalidDataException($"{path}: '{entry.FullName}' has {length} bytes, more than {limit}.");
        }

        var bytes = new byte[length];
        Read(path, entry, stream => stream.ReadExactly(bytes));
        return bytes;
    }

    private static Tensor Elements(string path, ZipArchive archive, string folder, PickledStorage storage)
    {
        var (type, size) = PyTorchTypes.Find(storage.Elements + "Storage")!.Value;
        if (archive.GetEntry($"{folder}data/{storage.Key}") is not { } entry)
        {
            throw new InvalidDataException($"{path}: the elements 'data/{storage.Key}', which a tensor has, are missing.");
        }

        var length = Length(path, entry);
        if (length % size != 0 || length / size != storage.Count)
        {
            throw new InvalidDataException(
                $"{path}: 'data/{storage.Key}' has {length} bytes, and should have {storage.Count} elements of {size}.");
        }

        var elements = empty(storage.Count, type, CPU);
        if (storage.Count > 0)
        {
            Read(path, entry, stream => elements.ReadBytesFromStream(stream, Safetensors.StreamBuffer));
        }

        return elements;
    }

    // What an archive says of a part, and what is there, may differ.
    private static void Read(string path, ZipArchiveEntry entry, Action<Stream> read)
    {
        try
        {
            using var stream = entry.Open();
            read(stream);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: '{entry.FullName}' is damaged: {damage.Message}", damage);
        }
    }

    private static Tensor View(string path, string name, PickledTensor tensor, Tensor elements)
    {
        var count = tensor.Storage.Count;
        Int128 last = tensor.Offset, numbers = 1;
        var isInside = tensor.Offset >= 0 && tensor.Shape.Length == tensor.Strides.Length && tensor.Shape.Length <= 64;
        for (var i = 0; isInside && i < tensor.Shape.Length; i++)
        {
            var (size, stride) = (tensor.Shape[i], tensor.Strides[i]);
            // More numbers than the storage has would be repeated ones, which take more memory than the file.
            isInside = size >= 0 && size <= count && stride >= 0 && (numbers *= size) <= count;
            last += (Int128)Math.Max(size - 1, 0) * stride;
        }

        if (!isInside || (numbers > 0 && last >= count))
        {
            throw new InvalidDataException($"{path}: '{name}' is said to be [{string.Join(", ", tensor.Shape)}] with strides "
                + $"[{string.Join(", ", tensor.Strides)}] from {tensor.Offset} on, but its storage has {count} elements.");
        }

        return numbers == 0 ? empty(tensor.Shape, elements.dtype)
            : elements.as_strided(tensor.Shape, tensor.Strides, tensor.Offset);
    }
}
