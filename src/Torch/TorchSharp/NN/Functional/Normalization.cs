using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// Each channel with its mean taken off and divided by its standard deviation, then scaled and shifted.
            /// </summary>
            /// <param name="input">[N, C, ...].</param>
            /// <param name="running_mean">[C]: used in evaluation, updated in training; or null.</param>
            /// <param name="running_var">[C]: used in evaluation, updated in training; or null.</param>
            /// <param name="weight">[C], or null.</param>
            /// <param name="bias">[C], or null.</param>
            /// <param name="training">Whether the statistics are those of the input.</param>
            /// <param name="momentum">The weight of the input's statistics in the running ones.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                ArgumentNullException.ThrowIfNull(input);
                return Aten.batch_norm(
                    input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled: true);
            }

            /// <summary>
            /// The last dimensions with their mean taken off and divided by their standard deviation, then scaled and shifted.
            /// </summary>
            /// <param name="input">[..., normalized_shape].</param>
            /// <param name="normalized_shape">The sizes of the last dimensions.</param>
            /// <param name="weight">Of that shape, or null.</param>
            /// <param name="bias">Of that shape, or null.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.layer_norm(input, normalized_shape, weight, bias, eps);

            /// <summary>
            /// Groups of channels with their mean taken off and divided by their standard deviation, then scaled and shifted.
            /// </summary>
            /// <param name="input">[N, C, ...].</param>
            /// <param name="num_groups">How many groups the channels are split into.</param>
            /// <param name="weight">[C], or null.</param>
            /// <param name="bias">[C], or null.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor group_norm(
                Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.group_norm(input, num_groups, weight, bias, eps);

            /// <summary>The input divided by its p-norm over one dimension.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">The exponent of the norm.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="eps">The least norm divided by.</param>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                ArgumentNullException.ThrowIfNull(input);
                using var norm = Aten.norm(input, (Number)p, [dim], keepdim: true);
                using var divisor = norm.clamp_min(eps);
                return input.div(divisor);
            }
        }
    }
}
