using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>An uninitialised tensor of this shape; type and device are this tensor's when not given.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Recorded(Aten.empty_like(this, dtype, device: device), requires_grad);

        /// <summary>A tensor of zeros of this shape; type and device are this tensor's when not given.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Recorded(Aten.zeros_like(this, dtype, device: device), requires_grad);

        /// <summary>A tensor of ones of this shape; type and device are this tensor's when not given.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Recorded(Aten.ones_like(this, dtype, device: device), requires_grad);

        /// <summary>A tensor of one value of this shape; type and device are this tensor's when not given.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Recorded(Aten.full_like(this, Given(value), dtype, device: device), requires_grad);

        /// <summary>Numbers drawn evenly from [0, 1) in this shape; type and device are this tensor's when not given.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            empty_like(dtype, device).uniform_(0, 1).requires_grad_(requires_grad);

        /// <summary>
        /// Numbers drawn from the standard normal distribution in this shape; type and device are this tensor's when not given.
        /// </summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            empty_like(dtype, device).normal_().requires_grad_(requires_grad);

        /// <summary>An uninitialised tensor; type and device are this tensor's when not given.</summary>
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor of zeros; type and device are this tensor's when not given.</summary>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor of one value; type and device are this tensor's when not given.</summary>
        public Tensor new_full(
            long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);
    }
}
