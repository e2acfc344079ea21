using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// All parameters of a network in one flat tensor, at offsets that the compiler lays out, with twins of it for gradients,
/// moments and averages. An optimizer step, a norm or an average is then one operation on one tensor. Parameters that are
/// trained come first and frozen ones last; only the first have twins.
/// </summary>
/// <remarks>
/// The space between two parameters, up to <see cref="Alignment"/>, is zero and stays zero under every update that maps a zero
/// parameter with zero gradient to zero. Tensors of the arena belong to no dispose scope: they live as long as the network.
/// </remarks>
public sealed class ParameterArena : IDisposable
{
    /// <summary>Elements that an offset and the length are a multiple of: the widest vector register of float32.</summary>
    public const int Alignment = 16;

    private Tensor _values;
    private Tensor? _trainable;
    private Tensor? _gradients;

    // How many use the parameters at this moment; below 0 when they are freed.
    private int _users;

    /// <summary>An arena of zeros in which everything is trained.</summary>
    /// <param name="length">Number of elements, a multiple of <see cref="Alignment"/>; at least 0.</param>
    /// <param name="device">Where the parameters live; null for the CPU.</param>
    /// <param name="dtype">Type of the parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or not a multiple of
    /// <see cref="Alignment"/>.</exception>
    public ParameterArena(long length, Device? device = null, ScalarType dtype = ScalarType.Float32)
        : this(length, length, device, dtype)
    {
    }

    /// <summary>An arena of zeros of which the first part is trained.</summary>
    /// <param name="length">Number of elements, a multiple of <see cref="Alignment"/>; at least 0.</param>
    /// <param name="trainableLength">How many of them, from the first on, are trained: a multiple of
    /// <see cref="Alignment"/>.</param>
    /// <param name="device">Where the parameters live; null for the CPU.</param>
    /// <param name="dtype">Type of the parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative or not a multiple of <see cref="Alignment"/>, or the
    /// second is larger than the first.</exception>
    public ParameterArena(long length, long trainableLength, Device? device = null, ScalarType dtype = ScalarType.Float32)
    {
        RequireLength(length, long.MaxValue, nameof(length));
        RequireLength(trainableLength, length, nameof(trainableLength));
        Length = length;
        TrainableLength = trainableLength;
        _values = zeros([length], dtype, device).DetachFromDisposeScope();
    }

    /// <summary>Number of elements, the space between parameters included.</summary>
    public long Length { get; }

    /// <summary>Number of elements that are trained, the space between parameters included: the first of
    /// <see cref="Values"/>.</summary>
    public long TrainableLength { get; }

    /// <summary>All parameters, [Length].</summary>
    /// <exception cref="ObjectDisposedException">They are freed, by the network that has them.</exception>
    public Tensor Values
    {
        get
        {
            if (IsDisposed) throw new ObjectDisposedException(Owner ?? nameof(ParameterArena));
            return _values;
        }
    }

    /// <summary>Whether the parameters are freed.</summary>
    internal bool IsDisposed => Volatile.Read(ref _users) < 0;

    /// <summary>The type of the network that has the parameters, for messages.</summary>
    internal string? Owner { get; set; }

    /// <summary>The parameters that are trained, [TrainableLength]: the first part of <see cref="Values"/>, or all of
    /// it.</summary>
    public Tensor Trainable => TrainableLength == Length
        ? _values
        : _trainable ??= _values.narrow(0, 0, TrainableLength).DetachFromDisposeScope();

    /// <summary>The gradient of every parameter that is trained, [TrainableLength]; zeros when first asked for.</summary>
    public Tensor Gradients => _gradients ??= NewTwin();

    /// <summary>Who sums gradients over ranks while a backward pass goes on; null where nobody does.</summary>
    internal GradientSegments? Segments { get; set; }

    /// <summary>Some gradients of a backward pass are complete.</summary>
    /// <param name="from">The first of them.</param>
    /// <param name="to">The one behind the last.</param>
    public void Completes(long from, long to) => Segments?.Complete(from, to);

    /// <summary>Whether <see cref="Vectors(Tensor)"/> may be used on this arena and its twins: float32 in the CPU's
    /// memory.</summary>
    public bool IsFused => _values.dtype == ScalarType.Float32 && _values.device_type == TorchSharp.DeviceType.CPU
        && CudaKernel.StandIn is null;

    /// <summary>A parameter: a part of <see cref="Values"/> that shares its storage.</summary>
    /// <param name="offset">First element, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="shape">Shape of the parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the arena or does not start at a
    /// multiple.</exception>
    public Tensor View(long offset, params ReadOnlySpan<long> shape) => ViewOf(_values, offset, shape);

    /// <summary>A parameter's gradient: a part of <see cref="Gradients"/> that shares its storage.</summary>
    /// <param name="offset">First element, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="shape">Shape of the parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the arena or does not start at a
    /// multiple.</exception>
    public Tensor GradientView(long offset, params ReadOnlySpan<long> shape) => ViewOf(Gradients, offset, shape);

    /// <summary>The gradient of a parameter that is a view of this arena: the part of <see cref="Gradients"/> at the same
    /// place.</summary>
    /// <param name="parameter">What <see cref="View"/> gave, or a parameter made of it.</param>
    public Tensor GradientOf(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return GradientView(parameter.storage_offset(), parameter.shape);
    }

    /// <summary>The gradient of some of the rows of a parameter that is a view of this arena.</summary>
    /// <param name="parameter">The whole parameter.</param>
    /// <param name="start">The first row.</param>
    /// <param name="length">The number of rows.</param>
    public Tensor GradientOfRows(Tensor parameter, long start, long length)
    {
        using var whole = GradientOf(parameter);
        return whole.narrow(0, start, length).DetachFromDisposeScope();
    }

    /// <summary>The gradient of some of a parameter's rows: a part of <see cref="GradientView"/>.</summary>
    /// <param name="offset">First element of the parameter, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="start">The first row.</param>
    /// <param name="length">The number of rows.</param>
    /// <param name="shape">Shape of the whole parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameter does not lie in the arena or does not start at a
    /// multiple.</exception>
    public Tensor GradientRows(long offset, long start, long length, params ReadOnlySpan<long> shape)
    {
        using var whole = GradientView(offset, shape);
        return whole.narrow(0, start, length).DetachFromDisposeScope();
    }

    /// <summary>
    /// The parameters that are trained as a value that autograd differentiates by, [TrainableLength]: the same memory, and what a
    /// backward pass adds goes to <see cref="Gradients"/>. It belongs to the dispose scope that is open.
    /// </summary>
    public Tensor AsValue()
    {
        var values = Trainable.detach();
        values.requires_grad = true;
        values.grad = Gradients;
        return values;
    }

    /// <summary>A new tensor of zeros, [TrainableLength], of the type and on the device of the values; the caller disposes
    /// it.</summary>
    public Tensor NewTwin() => zeros_like(Trainable).DetachFromDisposeScope();

    /// <summary>The memory of a float32 tensor on the CPU as vectors, for an update written in C#.</summary>
    /// <param name="flat">The values of an arena or a twin of them; it must stay alive while the span is in use.</param>
    /// <exception cref="ArgumentException">The tensor is not float32, not on the CPU, or not a whole number of
    /// vectors.</exception>
    public static Span<Vector<float>> Vectors(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        if (flat.dtype != ScalarType.Float32 || flat.device_type != TorchSharp.DeviceType.CPU)
        {
            throw new ArgumentException(
                $"Vectors are read from float32 in the CPU's memory, but the tensor is {flat.dtype} on {flat.device}.",
                nameof(flat));
        }

        var bytes = flat.bytes;
        if (bytes.Length % Vector<byte>.Count != 0)
        {
            throw new ArgumentException(
                $"{bytes.Length} bytes are not a whole number of vectors of {Vector<byte>.Count} bytes: lay parameters out in a "
                + nameof(ParameterArena) + ".",
                nameof(flat));
        }

        return MemoryMarshal.Cast<byte, Vector<float>>(bytes);
    }

    /// <summary>A part of the memory of a float32 tensor on the CPU as vectors.</summary>
    /// <param name="flat">The values of an arena or a twin of them; it must stay alive while the span is in use.</param>
    /// <param name="from">First element, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="to">The element after the last, a multiple of <see cref="Alignment"/>.</param>
    /// <exception cref="ArgumentException">The tensor is not float32 or not on the CPU, or the part does not lie in
    /// it.</exception>
    public static Span<Vector<float>> Vectors(Tensor flat, long from, long to)
    {
        var all = Vectors(flat);
        if (from < 0 || to < from || from % Alignment != 0 || to % Alignment != 0 || to / Vector<float>.Count > all.Length)
        {
            throw new ArgumentException(
                $"A part from {from} to {to} is not one of {(long)all.Length * Vector<float>.Count} elements; both ends are "
                + $"multiples of {Alignment}.", nameof(from));
        }

        return all[(int)(from / Vector<float>.Count)..(int)(to / Vector<float>.Count)];
    }

    /// <summary>Converts or moves values and gradients. Views made before keep the old storage: make them anew.</summary>
    /// <param name="dtype">New type; null to keep it.</param>
    /// <param name="device">New device; null to stay.</param>
    /// <returns>Whether the values are elsewhere now.</returns>
    public bool MoveTo(ScalarType? dtype, Device? device)
    {
        var before = _values;
        Move(ref _values, dtype, device);
        if (_gradients is not null) Move(ref _gradients, dtype, device);
        if (ReferenceEquals(_values, before)) return false;
        _trainable?.Dispose();
        _trainable = null;
        return true;
    }

    /// <summary>Whether a tensor is of a type and on a device already: TorchSharp gives a new object even then.</summary>
    internal static bool IsAt(Tensor tensor, ScalarType? dtype, Device? device) => (dtype is null || dtype == tensor.dtype)
        && (device is null || (device.type == tensor.device_type && (device.index == tensor.device_index || device.index < 0)));

    /// <summary>Opens a dispose scope in which nobody frees the parameters: a forward pass.</summary>
    /// <exception cref="ObjectDisposedException">They are freed, by the network that has them.</exception>
    public ArenaScope Enter()
    {
        Hold();
        return new ArenaScope(this);
    }

    /// <summary>From now on nobody frees the parameters, until <see cref="Release"/>.</summary>
    internal void Hold()
    {
        for (int users = Volatile.Read(ref _users); users >= 0;)
        {
            int before = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (before == users) return;
            users = before;
        }

        throw new ObjectDisposedException(Owner ?? nameof(ParameterArena));
    }

    /// <summary>The end of what <see cref="Hold"/> began.</summary>
    internal void Release() => Interlocked.Decrement(ref _users);

    /// <summary>Frees values and gradients.</summary>
    /// <exception cref="InvalidOperationException">They are used at this moment, and nothing is freed: freed memory would be
    /// read.</exception>
    public void Dispose()
    {
        int users = Interlocked.CompareExchange(ref _users, -1, 0);
        if (users < 0) return;
        if (users > 0)
        {
            throw new InvalidOperationException(
                $"{Owner ?? nameof(ParameterArena)} is used at this moment, by what trains it or predicts with it: dispose it "
                + "when that has ended.");
        }

        _trainable?.Dispose();
        _values.Dispose();
        _gradients?.Dispose();
    }

    private static void RequireLength(long length, long largest, string argument)
    {
        if (length < 0 || length > largest || length % Alignment != 0)
        {
            throw new ArgumentOutOfRangeException(
                argument, length, $"The length of an arena is a multiple of {Alignment} elements, and not negative"
                + (largest == long.MaxValue ? "." : $"; of {largest} elements no more can be trained."));
        }
    }

    private static void Move(ref Tensor tensor, ScalarType? dtype, Device? device)
    {
        if (IsAt(tensor, dtype, device)) return;
        using var noGrad = no_grad();
        var moved = tensor.to(dtype ?? tensor.dtype, device ?? tensor.device);
        tensor.Dispose();
        tensor = moved.DetachFromDisposeScope();
    }

    private Tensor ViewOf(Tensor flat, long offset, ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (var size in shape)
        {
            count = checked(count * size);
        }

        var length = flat.numel();
        if (offset < 0 || offset % Alignment != 0 || offset + count > length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                offset,
                $"A parameter [{string.Join(", ", shape.ToArray())}] of {count} elements does not fit at this offset of an "
                + $"arena of "
                + $"{length} elements; offsets are multiples of {Alignment}.");
        }

        using var part = flat.narrow(0, offset, count);
        return part.view(shape.ToArray()).DetachFromDisposeScope();
    }
}
