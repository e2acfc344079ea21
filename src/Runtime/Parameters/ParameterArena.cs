using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// All parameters of a network in one flat tensor, and twins of it for gradients, moments and averages: an optimizer step, an
/// average, a norm or a checkpoint is then one operation on one tensor.
/// </summary>
/// <remarks>The compiler knows each parameter's offset, a multiple of <see cref="Alignment"/>; gaps stay zero.</remarks>
public sealed class ParameterArena : IDisposable
{
    /// <summary>Offsets and the length are multiples of this number of elements: the widest vector registers hold as many.</summary>
    public const int Alignment = 16;

    private Tensor? _gradients;

    /// <summary>An arena of zeros.</summary>
    /// <param name="length">Number of elements, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="device">Where it lies; null for the CPU.</param>
    /// <param name="dtype">A floating type.</param>
    public ParameterArena(long length, Device? device = null, ScalarType dtype = ScalarType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length % Alignment != 0) throw new ArgumentException($"The length {length} is no multiple of {Alignment}.", nameof(length));
        Values = zeros(new long[] { length }, dtype, device ?? CPU).DetachFromDisposeScope();
    }

    /// <summary>Number of elements, gaps included.</summary>
    public long Length => Values.numel();

    /// <summary>The parameters [Length].</summary>
    public Tensor Values { get; private set; }

    /// <summary>Their gradients [Length]; zeros at first.</summary>
    public Tensor Gradients => _gradients ??= NewTwin();

    /// <summary>Whether <see cref="Vectors"/> may be used: float32 in the CPU's memory.</summary>
    public bool IsFused => Values.device_type == DeviceType.CPU && Values.dtype == ScalarType.Float32;

    /// <summary>A parameter as a view of <see cref="Values"/>.</summary>
    public Tensor View(long offset, params long[] shape) => View(Values, offset, shape);

    /// <summary>A parameter's gradient as a view of <see cref="Gradients"/>.</summary>
    public Tensor GradientView(long offset, params long[] shape) => View(Gradients, offset, shape);

    /// <summary>Zeros of the same length, type and place: a moment or an average.</summary>
    public Tensor NewTwin()
    {
        using var noGrad = no_grad();
        return zeros_like(Values).DetachFromDisposeScope();
    }

    /// <summary>The CPU's memory of a flat float32 tensor, as vectors.</summary>
    /// <param name="flat">An arena's tensor: contiguous, its length a multiple of <see cref="Alignment"/>.</param>
    public static Span<Vector<float>> Vectors(Tensor flat) => MemoryMarshal.Cast<byte, Vector<float>>(flat.bytes);

    /// <summary>Converts values and gradients; views of them made before are views of the old ones.</summary>
    public void MoveTo(ScalarType? dtype, Device? device)
    {
        using var noGrad = no_grad();
        Values = Move(Values);
        if (_gradients is not null) _gradients = Move(_gradients);

        Tensor Move(Tensor tensor)
        {
            var moved = tensor.to(dtype ?? tensor.dtype, device ?? tensor.device).DetachFromDisposeScope();
            if (!ReferenceEquals(moved, tensor)) tensor.Dispose();
            return moved;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        _gradients?.Dispose();
    }

    private static Tensor View(Tensor flat, long offset, long[] shape)
    {
        using var noGrad = no_grad();
        long count = 1;
        foreach (long size in shape) count *= size;
        using var part = flat.narrow(0, offset, count);
        return part.view(shape).DetachFromDisposeScope();
    }
}
