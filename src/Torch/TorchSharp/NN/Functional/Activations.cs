using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>max(0, x) for each element.</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            /// <summary>x above zero, <paramref name="negative_slope"/> * x below.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope).alias() : input.leaky_relu(negative_slope);

            /// <summary>x above zero, <paramref name="weight"/> * x below.</summary>
            /// <param name="input">[N, C, ...].</param>
            /// <param name="weight">The slopes: [1], or [C] for one slope for each channel.</param>
            public static Tensor prelu(Tensor input, Tensor weight) => input.prelu(weight);

            /// <summary>x above zero, <paramref name="alpha"/> * (exp(x) - 1) below.</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace ? x.elu_(alpha).alias() : x.elu(alpha);

            /// <summary>log(1 + exp(<paramref name="beta"/> * x)) / <paramref name="beta"/>; linear above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            /// <summary>x * tanh(softplus(x)) for each element.</summary>
            public static Tensor mish(Tensor x, bool inplace = false)
            {
                ArgumentNullException.ThrowIfNull(x);
                if (!inplace)
                {
                    return Aten.mish(x);
                }

                Aten.mish_(x);
                return x.alias();
            }

            /// <summary>x * min(max(x + 3, 0), 6) / 6 for each element.</summary>
            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                inplace ? input.hardswish_().alias() : input.hardswish();

            /// <summary>x * Phi(x) for each element, with the normal distribution function.</summary>
            public static Tensor gelu(Tensor x) => x.gelu();

            /// <summary>x * sigmoid(x) for each element.</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_().alias() : x.silu();

            /// <summary>1 / (1 + exp(-x)) for each element.</summary>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <summary>The hyperbolic tangent of each element.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            /// <summary>exp(x) divided by its sum over one dimension.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="dim">The dimension that sums to one.</param>
            /// <param name="dtype">The type of the result; the input's when not given.</param>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The logarithm of the softmax, computed stably.</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="dim">The dimension whose exponentials sum to one.</param>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>softmax(query by the transpose of key / sqrt(E)) by value.</summary>
            /// <param name="query">[..., L, E].</param>
            /// <param name="key">[..., S, E].</param>
            /// <param name="value">[..., S, V].</param>
            /// <param name="attn_mask">[..., L, S]: true where attention is allowed, or numbers to add; or null.</param>
            /// <param name="p">The probability that a weight is dropped.</param>
            /// <param name="is_casual">Whether a place attends only to those before it and to itself.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                ArgumentNullException.ThrowIfNull(query);
                ArgumentNullException.ThrowIfNull(key);
                using var scope = NewDisposeScope();
                var (length, sources) = (query.size(-2), key.size(-2));
                var scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(query.size(-1));
                if (is_casual)
                {
                    if (attn_mask is not null)
                    {
                        throw new ArgumentException("A causal attention takes no further mask.", nameof(attn_mask));
                    }

                    attn_mask = ones(length, sources, ScalarType.Bool, query.device).tril();
                }

                if (attn_mask is { dtype: ScalarType.Bool })
                {
                    scores = scores.masked_fill(attn_mask.logical_not(), double.NegativeInfinity);
                }
                else if (attn_mask is not null)
                {
                    scores = scores + attn_mask;
                }

                return dropout(scores.softmax(-1), p, training: p > 0).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
