namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values of parameters, set in place and not recorded.</summary>
        public static class init
        {
            /// <summary>What follows a layer, for <see cref="calculate_gain"/>.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>A convolution over one dimension.</summary>
                Conv1D = 1,

                /// <summary>A convolution over two dimensions.</summary>
                Conv2D = 2,

                /// <summary>A convolution over three dimensions.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution over one dimension.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution over two dimensions.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution over three dimensions.</summary>
                ConvTranspose3D = 6,

                /// <summary>1 / (1 + exp(-x)).</summary>
                Sigmoid = 7,

                /// <summary>The hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>max(0, x).</summary>
                ReLU = 9,

                /// <summary>x above zero, a part of it below.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Whether the variance is kept in the forward or in the backward pass.</summary>
            public enum FanInOut
            {
                /// <summary>Forward: by the number of inputs.</summary>
                FanIn = 0,

                /// <summary>Backward: by the number of outputs.</summary>
                FanOut = 1,
            }

            /// <summary>By how much values grow so that their variance survives a nonlinearity.</summary>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <param name="param">The slope below zero of a leaky ReLU.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + (param * param))),
                _ => 1.0,
            };

            /// <summary>Ones.</summary>
            /// <returns>The tensor.</returns>
            public static Tensor ones_(Tensor tensor) => Set(tensor, target => target.fill_(1));

            /// <summary>Zeros.</summary>
            /// <returns>The tensor.</returns>
            public static Tensor zeros_(Tensor tensor) => Set(tensor, target => target.zero_());

            /// <summary>One value.</summary>
            /// <returns>The tensor.</returns>
            public static Tensor constant_(Tensor tensor, Scalar val) => Set(tensor, target => target.fill_(val));

            /// <summary>Numbers drawn evenly from [<paramref name="low"/>, <paramref name="high"/>).</summary>
            /// <returns>The tensor.</returns>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Set(tensor, target => target.uniform_(low, high, generator));

            /// <summary>Numbers drawn from a normal distribution.</summary>
            /// <returns>The tensor.</returns>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Set(tensor, target => target.normal_(mean, std, generator));

            /// <summary>
            /// Numbers drawn evenly so that the variance survives the layer and its nonlinearity (He et al., 2015).
            /// </summary>
            /// <param name="tensor">Weights [out, in, ...].</param>
            /// <param name="a">The slope below zero of a leaky ReLU.</param>
            /// <param name="mode">Whether the variance is kept forward or backward.</param>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <returns>The tensor.</returns>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal numbers so that the variance survives the layer and its nonlinearity (He et al., 2015).</summary>
            /// <inheritdoc cref="kaiming_uniform_"/>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>
            /// Numbers drawn evenly so that the variance survives forward and backward about equally (Glorot and Bengio, 2010).
            /// </summary>
            /// <param name="tensor">Weights [out, in, ...].</param>
            /// <param name="gain">By how much values grow.</param>
            /// <returns>The tensor.</returns>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3.0) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>
            /// Normal numbers so that the variance survives forward and backward about equally (Glorot and Bengio, 2010).
            /// </summary>
            /// <inheritdoc cref="xavier_uniform_"/>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) =>
                normal_(tensor, 0, XavierDeviation(tensor, gain));

            /// <summary>How many inputs an output of a layer has, and how many outputs an input has.</summary>
            /// <param name="tensor">Weights [out, in, ...].</param>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                }

                var window = shape.Skip(2).TotalSize();
                return (shape[1] * window, shape[0] * window);
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static Tensor Set(Tensor tensor, Action<Tensor> set)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                using var unrecorded = no_grad();
                set(tensor);
                return tensor;
            }
        }
    }
}
