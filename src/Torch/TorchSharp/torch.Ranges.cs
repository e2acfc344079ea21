using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Numbers from <paramref name="start"/> to below <paramref name="stop"/>.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="stop">The number before which to end.</param>
    /// <param name="step">The difference of neighbours.</param>
    /// <param name="dtype">The type of the elements; Int64 when all arguments are integers, else single precision.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(stop);
        ArgumentNullException.ThrowIfNull(step);
        var integers = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        var type = dtype ?? (integers ? ScalarType.Int64 : ScalarType.Float32);
        return Recorded(Aten.arange(start.Number, stop.Number, step.Number, type, device: device), requires_grad);
    }

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">The last number.</param>
    /// <param name="steps">How many.</param>
    /// <param name="dtype">The type of the elements; single precision when not given.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Recorded(Aten.linspace((Number)start, (Number)end, steps, dtype, device: device), requires_grad);

    /// <summary>A matrix with ones on its diagonal and zeros elsewhere.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns; as many as rows when -1.</param>
    /// <param name="dtype">The type of the elements; single precision when not given.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    /// <param name="names">Names of dimensions: not supported, must be null.</param>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null)
    {
        RefuseNames(names);
        return Recorded(Aten.eye(rows, columns == -1 ? rows : columns, dtype, device: device), requires_grad);
    }

    private static ScalarType DefaultType(Scalar value) => is_integral(value.Type) ? ScalarType.Int64 : ScalarType.Float32;
}
