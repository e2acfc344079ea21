using Dsl.Torch;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The memory of the tensor, read or replaced in place.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not in the processor's memory.</exception>
        /// <exception cref="ArgumentException">The tensor has 2 GiB or more, or the new contents another size.</exception>
        public Span<byte> bytes
        {
            get
            {
                var total = NumberOfElements * ElementSize;
                if (total > int.MaxValue)
                {
                    throw new ArgumentException($"Span only supports up to int.MaxValue elements; the tensor has {total} bytes.");
                }

                return new Span<byte>(ReadableMemory(), (int)total);
            }

            set
            {
                var memory = bytes;
                if (value.Length != memory.Length)
                {
                    throw new ArgumentException($"The tensor has {memory.Length} bytes, but {value.Length} were given.");
                }

                value.CopyTo(memory);
            }
        }

        /// <summary>The elements, in row-major order; copied to the processor first when they are elsewhere.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireElementType<T>();
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The element of a tensor that has one.</summary>
        /// <exception cref="ArgumentException">
        /// The tensor has another number of elements, or <typeparamref name="T"/> is not its element type.
        /// </exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"Number of elements in the tensor must be 1, not {NumberOfElements}.");
            }

            RequireElementType<T>();
            T value;
            NativeStatus.Check(NativeMethods.TensorCopyToMemory(Handle, &value, sizeof(T)));
            GC.KeepAlive(this);
            return value;
        }

        /// <summary>The element of a tensor that has one, as a number.</summary>
        /// <exception cref="ArgumentException">The tensor has another number of elements.</exception>
        /// <exception cref="NotSupportedException">The element is complex.</exception>
        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Byte => item<byte>(),
            ScalarType.Int8 => item<sbyte>(),
            ScalarType.Int16 => item<short>(),
            ScalarType.Int32 => item<int>(),
            ScalarType.Int64 => item<long>(),
            ScalarType.Float16 => item<Half>(),
            ScalarType.BFloat16 => item<BFloat16>().ToSingle(),
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            ScalarType.Bool => item<bool>(),
            var other => throw new NotSupportedException($"An element of type {other} is not a Scalar."),
        };

        /// <summary>Whether the element of a tensor that has one differs from zero.</summary>
        public bool is_nonzero() => ToScalar().ToBoolean();

        /// <summary>Writes the elements as raw bytes; also for tensors of more than 2 GiB.</summary>
        /// <param name="stream">Where to.</param>
        /// <param name="bufferSize">How many bytes are written at a time.</param>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not in the processor's memory.</exception>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
            var memory = ReadableMemory();
            for (var left = NumberOfElements * ElementSize; left > 0;)
            {
                var count = (int)Math.Min(left, bufferSize);
                stream.Write(new ReadOnlySpan<byte>(memory, count));
                memory += count;
                left -= count;
            }

            GC.KeepAlive(this);
        }

        /// <summary>Replaces the elements by raw bytes; also for tensors of more than 2 GiB.</summary>
        /// <param name="stream">Where from.</param>
        /// <param name="bufferSize">How many bytes are read at a time.</param>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not in the processor's memory.</exception>
        /// <exception cref="EndOfStreamException">The stream ended before the tensor was full.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
            var memory = ReadableMemory();
            for (var left = NumberOfElements * ElementSize; left > 0;)
            {
                var count = (int)Math.Min(left, bufferSize);
                stream.ReadExactly(new Span<byte>(memory, count));
                memory += count;
                left -= count;
            }

            GC.KeepAlive(this);
        }

        private byte* ReadableMemory()
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException(
                    "The bytes of a tensor that is not contiguous cannot be read: call contiguous() first.");
            }

            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            }

            return (byte*)NativeMethods.TensorData(Handle);
        }

        private void RequireElementType<T>()
            where T : unmanaged
        {
            if (!ElementTypes.Match<T>(dtype))
            {
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
            }
        }
    }
}
