using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// One call of an operator through libtorch's dispatcher: arguments in the order of its schema, all of them, since the C
/// interface knows no defaults. Numbers of the kind <c>Scalar</c> cannot pass.
/// </summary>
/// <param name="stack">Memory for the arguments and, after the call, the results: 8 bytes for each.</param>
internal unsafe ref struct OperatorCall(Span<ulong> stack)
{
    private readonly Span<ulong> _stack = stack;
    private Operands _operands;
    private int _count;
    private int _tensors;

    public void Add(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Remember(tensor);
        Push((ulong)Alias(tensor));
    }

    public void AddOptional(Tensor? tensor)
    {
        if (tensor is null)
        {
            Push(0);
            return;
        }

        Remember(tensor);
        Push(Box((ulong)Alias(tensor)));
    }

    public void Add(long number) => Push((ulong)number);

    public void Add(double number) => Push((ulong)BitConverter.DoubleToInt64Bits(number));

    public void Add(bool value) => Push(value ? 1UL : 0UL);

    public void Add(ScalarType type) => Push((ulong)(uint)(int)type);

    /// <summary>An optional argument that is not given.</summary>
    public void AddNone() => Push(0);

    public void Add(string text)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int length = Encoding.UTF8.GetBytes(text, bytes);
        nint handle;
        fixed (byte* pointer = bytes) Check(LibTorchAbi.NewText(pointer, (nuint)length, &handle), "a text");
        Push((ulong)handle);
    }

    public void Add(ReadOnlySpan<long> numbers) => Push((ulong)List(numbers));

    /// <summary>A list that may be missing: an empty one is.</summary>
    public void AddOptional(ReadOnlySpan<long> numbers) => Push(numbers.IsEmpty ? 0 : Box((ulong)List(numbers)));

    public void Add(ReadOnlySpan<bool> values)
    {
        nint list;
        Check(LibTorchAbi.NewList((nuint)values.Length, &list), "a list");
        foreach (bool value in values) Check(LibTorchAbi.PushBack(list, value ? 1UL : 0UL), "a list");
        Push((ulong)list);
    }

    /// <summary>Runs the operator; its results then stand in the stack.</summary>
    /// <param name="name">With its namespace, as a UTF-8 literal (which C# ends with a zero).</param>
    /// <param name="overload">The overload's name, empty for the one without; a UTF-8 literal too.</param>
    /// <exception cref="TorchException">libtorch refuses the arguments.</exception>
    public void Run(ReadOnlySpan<byte> name, ReadOnlySpan<byte> overload = default)
    {
        OperatorCount.Add();
        if (overload.IsEmpty) overload = "\0"u8;
        int status;
        fixed (byte* namePointer = name, overloadPointer = overload)
        fixed (ulong* pointer = _stack)
        {
            status = LibTorchAbi.CallDispatcher(namePointer, overloadPointer, pointer, LibTorchAbi.Version);
        }

        if (status != 0) throw TorchException.Refused(Encoding.UTF8.GetString(name), _operands);
        _operands.KeepAlive();
    }

    /// <summary>A result, which is a tensor; null where the operator leaves it undefined.</summary>
    public readonly Tensor? Result(int index)
    {
        nint handle = (nint)_stack[index];
        byte defined;
        Check(LibTorchAbi.IsDefined(handle, &defined), "a result");
        if (defined != 0) return Tensor.UnsafeCreateTensor(handle);
        Check(LibTorchAbi.DeleteTensor(handle), "a result");
        return null;
    }

    /// <summary>The only result.</summary>
    public readonly Tensor Result() => Tensor.UnsafeCreateTensor((nint)_stack[0]);

    /// <summary>The only result, an integer or whether something is true.</summary>
    public readonly long Number() => (long)_stack[0];

    /// <summary>Drops the only result: of an operator that writes into a tensor it was given, that tensor once more.</summary>
    public readonly void FreeResult() => Check(LibTorchAbi.DeleteTensor((nint)_stack[0]), "a result");

    private static nint Alias(Tensor tensor)
    {
        nint alias;
        Check(LibTorchAbi.NewTensorHandle(tensor.Handle, &alias), "a tensor");
        return alias;
    }

    private static nint List(ReadOnlySpan<long> numbers)
    {
        nint list;
        Check(LibTorchAbi.NewList((nuint)numbers.Length, &list), "a list");
        foreach (long number in numbers) Check(LibTorchAbi.PushBack(list, (ulong)number), "a list");
        return list;
    }

    // libtorch frees the box with delete, which is free on the platforms that it has packages for.
    private static ulong Box(ulong value)
    {
        var box = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *box = value;
        return (ulong)(nint)box;
    }

    private static void Check(int status, string what)
    {
        if (status != 0)
            throw new TorchException($"libtorch could not make {what} for a call; its reason stands on standard error.");
    }

    private void Remember(Tensor tensor)
    {
        if (_tensors < Operands.Capacity) _operands[_tensors++] = tensor;
    }

    private void Push(ulong value) => _stack[_count++] = value;

    /// <summary>The tensors of a call, for the message of an error and to keep them alive until its end.</summary>
    [InlineArray(Capacity)]
    private struct Operands
    {
        public const int Capacity = 8;
        private Tensor? _first;

        public readonly void KeepAlive()
        {
            foreach (var operand in this) GC.KeepAlive(operand);
        }
    }
}
