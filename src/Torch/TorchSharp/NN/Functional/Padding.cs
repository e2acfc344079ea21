using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Elements added around the last dimensions.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="pad">
            /// Two numbers for each dimension from the last on: how many before and after. Negative ones cut off.
            /// </param>
            /// <param name="mode">What is added.</param>
            /// <param name="value">The constant that is added in mode Constant.</param>
            public static Tensor pad(
                Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                ArgumentNullException.ThrowIfNull(input);
                return mode switch
                {
                    PaddingModes.Zeros => Aten.constant_pad_nd(input, pad, (Number)0.0),
                    PaddingModes.Constant => Aten.constant_pad_nd(input, pad, (Number)value),
                    PaddingModes.Reflect when pad.Length == 2 => Aten.reflection_pad1d(input, pad),
                    PaddingModes.Reflect => Aten.reflection_pad2d(input, pad),
                    PaddingModes.Replicate when pad.Length == 2 => Aten.replication_pad1d(input, pad),
                    PaddingModes.Replicate => Aten.replication_pad2d(input, pad),
                    PaddingModes.Circular => Circular(input, pad),
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such padding."),
                };
            }

            /// <inheritdoc cref="pad(Tensor, ReadOnlySpan{long}, PaddingModes, double)"/>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

            /// <inheritdoc cref="pad(Tensor, ReadOnlySpan{long}, PaddingModes, double)"/>
            public static Tensor pad(
                Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)[pad.Item1, pad.Item2], mode, value);

            /// <inheritdoc cref="pad(Tensor, ReadOnlySpan{long}, PaddingModes, double)"/>
            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)[pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>As many elements added on all sides of all dimensions.</summary>
            /// <inheritdoc cref="pad(Tensor, ReadOnlySpan{long}, PaddingModes, double)"/>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                ArgumentNullException.ThrowIfNull(input);
                var all = new long[2 * input.dim()];
                Array.Fill(all, pad);
                return functional.pad(input, (ReadOnlySpan<long>)all, mode, value);
            }

            /// <summary>Each dimension continued with its own other end.</summary>
            private static Tensor Circular(Tensor input, ReadOnlySpan<long> pad)
            {
                using var scope = NewDisposeScope();
                var result = input.alias();
                for (var i = 0; i + 1 < pad.Length; i += 2)
                {
                    var dimension = (int)input.dim() - 1 - (i / 2);
                    var (before, after, size) = (pad[i], pad[i + 1], input.size(dimension));
                    if (before < 0 || after < 0 || before > size || after > size)
                    {
                        throw new ArgumentException(
                            $"A dimension of size {size} cannot be continued by ({before}, {after}) in a circle.", nameof(pad));
                    }

                    result = cat(
                        [result.narrow(dimension, size - before, before), result, result.narrow(dimension, 0, after)], dimension);
                }

                return result.MoveToOuterDisposeScope();
            }
        }
    }
}
