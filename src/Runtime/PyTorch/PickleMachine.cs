using System.Buffers.Binary;
using System.Text;

namespace Dsl.Runtime;

/// <summary>
/// The part of Python's pickle that a dictionary of tensors is written in: numbers, texts, tuples, lists, dictionaries, the four
/// names that tensors are made of, and references to storages. It calls nothing: a name that is none of those is an error before
/// anything could come of it.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="code">The pickle.</param>
internal sealed class PickleMachine(string path, byte[] code)
{
    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _place;

    /// <summary>Runs to the end.</summary>
    /// <returns>What the pickle holds.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or holds something else than tensors and plain data.</exception>
    public object? Run()
    {
        while (true)
        {
            var operation = Byte();
            switch (operation)
            {
                case 0x80: _ = Byte(); break;
                case 0x95: _ = Bytes(8); break;
                case (byte)'.': return Pop();
                case (byte)'(': _stack.Add(Mark); break;
                case (byte)'N': _stack.Add(null); break;
                case 0x88: _stack.Add(true); break;
                case 0x89: _stack.Add(false); break;
                case (byte)'K': _stack.Add((long)Byte()); break;
                case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
                case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
                case 0x8a: _stack.Add(Long()); break;
                case (byte)'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
                case (byte)'X': _stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break;
                case 0x8c: _stack.Add(Text(Byte())); break;
                case (byte)'c': _stack.Add(PickledName.Of(path, Line(), Line())); break;
                case 0x93:
                    var name = Pop<string>();
                    _stack.Add(PickledName.Of(path, Pop<string>(), name));
                    break;
                case (byte)'q': _memo[Byte()] = Top(); break;
                case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))] = Top(); break;
                case 0x94: _memo[(uint)_memo.Count] = Top(); break;
                case (byte)'h': _stack.Add(Remembered(Byte())); break;
                case (byte)'j': _stack.Add(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break;
                case (byte)')': _stack.Add(Array.Empty<object?>()); break;
                case 0x85: Tuple(1); break;
                case 0x86: Tuple(2); break;
                case 0x87: Tuple(3); break;
                case (byte)'t': _stack.Add(Marked()); break;
                case (byte)']': _stack.Add(new List<object?>()); break;
                case (byte)'a':
                    var last = Pop();
                    Top<List<object?>>().Add(last);
                    break;
                case (byte)'e':
                    var further = Marked();
                    Top<List<object?>>().AddRange(further);
                    break;
                case (byte)'}': _stack.Add(new PickledDictionary()); break;
                case (byte)'s':
                    var value = Pop();
                    var key = Pop();
                    Top<PickledDictionary>().Add(path, key, value);
                    break;
                case (byte)'u':
                    var pairs = Marked();
                    if (pairs.Length % 2 != 0)
                    {
                        throw Damaged("a key has no value");
                    }

                    for (var i = 0; i < pairs.Length; i += 2)
                    {
                        Top<PickledDictionary>().Add(path, pairs[i], pairs[i + 1]);
                    }

                    break;
                case (byte)'Q': _stack.Add(PickledStorage.Of(path, Pop())); break;
                case (byte)'R':
                    var arguments = Pop<object?[]>();
                    _stack.Add(Pop<PickledName>().Make(path, arguments));
                    break;
                case (byte)'b':
                    // What a state dictionary knows of itself: versions of modules.
                    _ = Pop();
                    _ = Top<PickledDictionary>();
                    break;
                default:
                    throw Damaged($"an operation 0x{operation:x2} that no dictionary of tensors needs");
            }
        }
    }

    private InvalidDataException Damaged(string what) =>
        new($"{path}: the pickle has {what}, at byte {Math.Min(_place, code.Length)}. Nothing of it was run. "
            + PickledName.Advice);

    private ReadOnlySpan<byte> Bytes(long count)
    {
        if (count > code.Length - _place)
        {
            throw Damaged("an end in the middle of an operation");
        }

        _place += (int)count;
        return code.AsSpan(_place - (int)count, (int)count);
    }

    private byte Byte() => Bytes(1)[0];

    private string Text(long length)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(length));
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text that is no UTF-8");
        }
    }

    private string Line()
    {
        var length = code.AsSpan(_place).IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Damaged("a name without an end");
        }

        var line = Text(length);
        _place++;
        return line;
    }

    private long Long()
    {
        var bytes = Bytes(Byte());
        if (bytes.Length > sizeof(long))
        {
            throw Damaged("a number of more than 64 bits");
        }

        long number = bytes.Length > 0 && bytes[^1] > 0x7f ? -1 : 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            number = (number << 8) | bytes[i];
        }

        return number;
    }

    private object? Remembered(uint number) =>
        _memo.TryGetValue(number, out var known) ? known : throw Damaged("a reference to what was never there");

    private void Tuple(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        _stack.Add(items);
    }

    private object?[] Marked()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw Damaged("a list without a beginning");
        }

        object?[] items = [.. _stack.Skip(mark + 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private object? Top() => _stack is [.., var top] && top != Mark ? top : throw Damaged("an operation with nothing to work on");

    private T Top<T>() => Top() is T top ? top : throw Damaged("an operation on a value of another kind");

    private object? Pop()
    {
        var top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private T Pop<T>() => Pop() is T top ? top : throw Damaged("an operation on a value of another kind");
}
