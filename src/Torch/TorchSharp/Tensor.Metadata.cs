using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The size of each dimension.</summary>
        public long[] shape => Copy(NativeMethods.TensorSizes(Handle));

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype => (ScalarType)Kept(NativeMethods.TensorScalarType(Handle));

        /// <summary>Where the tensor lives.</summary>
        public Device device => new(device_type, device_index);

        /// <summary>The kind of device that the tensor lives on.</summary>
        public DeviceType device_type => (DeviceType)Kept(NativeMethods.TensorDeviceType(Handle));

        /// <summary>Which device of its kind the tensor lives on; -1 for the processor.</summary>
        public int device_index => Kept(NativeMethods.TensorDeviceIndex(Handle));

        /// <summary>The number of dimensions.</summary>
        public long Dimensions => Kept(NativeMethods.TensorDim(Handle));

        /// <summary>The number of dimensions.</summary>
        public long ndim => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => Kept(NativeMethods.TensorNumel(Handle));

        /// <summary>The bytes of one element.</summary>
        public long ElementSize => Kept(NativeMethods.TensorElementSize(Handle));

        /// <summary>The number of dimensions.</summary>
        public long dim() => Dimensions;

        /// <summary>The number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>The bytes of one element.</summary>
        public long element_size() => ElementSize;

        /// <summary>The size of each dimension.</summary>
        public long[] size() => shape;

        /// <summary>The size of one dimension; a negative one counts from the last.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
        public long size(int dim)
        {
            var size = NativeMethods.TensorSizes(Handle)[Dimension(dim)];
            GC.KeepAlive(this);
            return size;
        }

        /// <summary>The step in memory, in elements, of each dimension.</summary>
        public long[] stride() => Copy(NativeMethods.TensorStrides(Handle));

        /// <summary>The step in memory, in elements, of one dimension; a negative one counts from the last.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
        public long stride(int dim)
        {
            var stride = NativeMethods.TensorStrides(Handle)[Dimension(dim)];
            GC.KeepAlive(this);
            return stride;
        }

        /// <summary>The element of the storage that the tensor begins at.</summary>
        public long storage_offset() => Kept(NativeMethods.TensorStorageOffset(Handle));

        /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
        public bool is_contiguous() => Kept(NativeMethods.TensorIsContiguous(Handle, (int)MemoryFormat.Contiguous)) != 0;

        /// <summary>Whether the tensor lives in the processor's memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the elements are integers; truth values count as integers.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are real floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are complex.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        private int Dimension(int dim)
        {
            var count = (int)Dimensions;
            var index = dim < 0 ? dim + count : dim;
            if ((uint)index >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {count} dimensions.");
            }

            return index;
        }

        private long[] Copy(long* values)
        {
            var copy = new long[NativeMethods.TensorDim(Handle)];
            new ReadOnlySpan<long>(values, copy.Length).CopyTo(copy);
            GC.KeepAlive(this);
            return copy;
        }

        /// <summary>Keeps the tensor from being finalized while native code still read it.</summary>
        private T Kept<T>(T result)
        {
            GC.KeepAlive(this);
            return result;
        }
    }
}
