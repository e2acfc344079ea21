using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves and converts what the module and those inside hold.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                RequireConvertible(dtype);
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            /// <summary>Moves what the module and those inside hold.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);
                return this;
            }

            /// <summary>Converts what the module and those inside hold.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireConvertible(dtype);
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            /// <summary>Moves and converts what the module holds, and the modules inside.</summary>
            /// <remarks>
            /// The objects stay the same and only change what they stand for, so that fields of the module stay valid. A module
            /// that lays its parameters out itself overrides this.
            /// </remarks>
            /// <param name="dtype">The type for floating-point tensors, or null to keep theirs.</param>
            /// <param name="device">Where to, or null to stay.</param>
            /// <param name="non_blocking">Whether the call may return before a copy to or from a GPU has finished.</param>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is null && device is null)
                {
                    throw new ArgumentNullException(nameof(dtype), $"{nameof(dtype)} and {nameof(device)} are both null.");
                }

                foreach (var module in children())
                {
                    _ = (dtype, device) switch
                    {
                        ({ } type, null) => module._to(type, non_blocking),
                        (null, { } where) => module._to(where.type, where.index, non_blocking),
                        ({ } type, { } where) => module._to(where, type, non_blocking),
                        _ => module,
                    };
                }

                using var unrecorded = no_grad();
                foreach (var (_, parameter) in _internal_params)
                {
                    using var gradient = parameter.grad;
                    if (!Differs(parameter, dtype, device, out var type, out var where))
                    {
                        continue;
                    }

                    using var moved = parameter.to(type, where, non_blocking: non_blocking);
                    moved.requires_grad = parameter.requires_grad;
                    using var movedGradient = gradient?.to(type, where, non_blocking: non_blocking);
                    moved.grad = movedGradient;
                    parameter.Become(moved);
                }

                foreach (var (_, (buffer, _)) in _internal_buffers)
                {
                    if (Differs(buffer, dtype, device, out var type, out var where))
                    {
                        using var moved = buffer.to(type, where, non_blocking: non_blocking);
                        buffer.Become(moved);
                    }
                }

                if (device is not null)
                {
                    _deviceType = device.type;
                    _deviceIndex = device.index;
                }
            }

            /// <summary>Integer tensors, as counters are, keep their type.</summary>
            private static bool Differs(Tensor tensor, ScalarType? dtype, Device? device, out ScalarType type, out Device where)
            {
                var present = tensor.device;
                type = dtype is { } wanted && (tensor.is_floating_point() || tensor.is_complex()) ? wanted : tensor.dtype;
                where = device ?? present;
                return type != tensor.dtype || where.type != present.type
                    || (where.index >= 0 && present.index >= 0 && where.index != present.index);
            }

            private static void RequireConvertible(ScalarType dtype)
            {
                if (!is_floating_point(dtype) && !is_complex(dtype))
                {
                    throw new ArgumentException(
                        $"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}",
                        nameof(dtype));
                }
            }
        }
    }
}
