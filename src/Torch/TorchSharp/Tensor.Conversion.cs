using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor with elements of another type; this tensor's memory when it has that type already.</summary>
        /// <param name="type">The type of the elements.</param>
        /// <param name="copy">Whether the memory is new in any case.</param>
        /// <param name="disposeAfter">Whether this tensor is disposed when another one was made.</param>
        /// <param name="non_blocking">Whether the call may return before a copy to or from a GPU has finished.</param>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Aten.to(this, type, non_blocking, copy), disposeAfter);

        /// <summary>The tensor on another device; this tensor's memory when it is there already.</summary>
        /// <param name="deviceType">The kind of device.</param>
        /// <param name="deviceIndex">Which device of its kind; -1 for the current one.</param>
        /// <param name="copy">Whether the memory is new in any case.</param>
        /// <param name="disposeAfter">Whether this tensor is disposed when another one was made.</param>
        /// <param name="non_blocking">Whether the call may return before a copy to or from a GPU has finished.</param>
        public Tensor to(
            DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            to(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>The tensor with elements of another type on another device.</summary>
        /// <param name="type">The type of the elements.</param>
        /// <param name="device">Where to.</param>
        /// <param name="copy">Whether the memory is new in any case.</param>
        /// <param name="disposeAfter">Whether this tensor is disposed when another one was made.</param>
        /// <param name="non_blocking">Whether the call may return before a copy to or from a GPU has finished.</param>
        public Tensor to(
            ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(device);
            return Converted(Aten.to(this, device, type, non_blocking, copy), disposeAfter);
        }

        /// <inheritdoc cref="to_type"/>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>The tensor on another device, given by name as <c>cuda:0</c>.</summary>
        /// <param name="device">Where to.</param>
        /// <param name="copy">Whether the memory is new in any case.</param>
        /// <param name="disposeAfter">Whether this tensor is disposed when another one was made.</param>
        /// <param name="non_blocking">Whether the call may return before a copy to or from a GPU has finished.</param>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>The tensor on another device; this tensor's memory when it is there already.</summary>
        /// <param name="device">Where to.</param>
        /// <param name="copy">Whether the memory is new in any case.</param>
        /// <param name="disposeAfter">Whether this tensor is disposed when another one was made.</param>
        /// <param name="non_blocking">Whether the call may return before a copy to or from a GPU has finished.</param>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        /// <summary>The tensor with the element type and on the device of another one.</summary>
        public Tensor to(Tensor other, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(other);
            return to(other.dtype, other.device, non_blocking: non_blocking);
        }

        /// <summary>The tensor with the element type of another one.</summary>
        public Tensor type_as(Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return to_type(tensor.dtype);
        }

        /// <summary>The tensor in the processor's memory.</summary>
        public Tensor cpu() => to(DeviceType.CPU);

        /// <summary>The tensor on a GPU; the current one when none is given.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(device ?? new Device(DeviceType.CUDA), non_blocking: non_blocking);

        /// <summary>The tensor in memory that a GPU can copy from without waiting for the processor.</summary>
        public Tensor pin_memory() => Aten.pin_memory(this);

        /// <summary>The tensor as truth values.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        /// <summary>The tensor as unsigned 8-bit integers.</summary>
        public Tensor @byte() => to_type(ScalarType.Byte);

        /// <summary>The tensor as signed 8-bit integers.</summary>
        public Tensor @char() => to_type(ScalarType.Int8);

        /// <summary>The tensor as 16-bit integers.</summary>
        public Tensor @short() => to_type(ScalarType.Int16);

        /// <summary>The tensor as 32-bit integers.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>The tensor as 64-bit integers.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>The tensor in half precision.</summary>
        public Tensor half() => to_type(ScalarType.Float16);

        /// <summary>The tensor as brain floats.</summary>
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        /// <summary>The tensor in single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>The tensor in double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        private Tensor Converted(Tensor result, bool disposeAfter)
        {
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }
    }
}
