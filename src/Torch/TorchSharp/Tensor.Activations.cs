using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>max(0, x) for each element.</summary>
        public Tensor relu() => Aten.relu(this);

        /// <summary>max(0, x) for each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor relu_()
        {
            Aten.relu_(this);
            return this;
        }

        /// <summary>1 / (1 + exp(-x)) for each element.</summary>
        public Tensor sigmoid() => Aten.sigmoid(this);

        /// <summary>1 / (1 + exp(-x)) for each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sigmoid_()
        {
            Aten.sigmoid_(this);
            return this;
        }

        /// <summary>x * sigmoid(x) for each element.</summary>
        public Tensor silu() => Aten.silu(this);

        /// <summary>x * sigmoid(x) for each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor silu_()
        {
            Aten.silu_(this);
            return this;
        }

        /// <summary>x * Phi(x) for each element, with the normal distribution function.</summary>
        public Tensor gelu() => Aten.gelu(this);

        /// <summary>log(sigmoid(x)) for each element.</summary>
        public Tensor log_sigmoid() => Aten.log_sigmoid(this);

        /// <summary>x above zero, <paramref name="negative_slope"/> * x below.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Aten.leaky_relu(this, Given(negative_slope));

        /// <summary>x above zero, <paramref name="negative_slope"/> * x below, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor leaky_relu_(Scalar negative_slope)
        {
            Aten.leaky_relu_(this, Given(negative_slope));
            return this;
        }

        /// <summary>x above zero, <paramref name="alpha"/> * (exp(x) - 1) below.</summary>
        public Tensor elu(double alpha = 1) => Aten.elu(this, alpha);

        /// <summary>log(1 + exp(<paramref name="beta"/> * x)) / <paramref name="beta"/>; linear above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.softplus(this, beta, threshold);

        /// <summary>x above zero, <paramref name="alpha"/> * (exp(x) - 1) below, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor elu_(double alpha = 1)
        {
            Aten.elu_(this, alpha);
            return this;
        }

        /// <summary>x above zero, <paramref name="target"/> * x below.</summary>
        /// <param name="target">The slopes: one, or one for each channel (dimension 1).</param>
        public Tensor prelu(Tensor target) => Aten.prelu(this, target);

        /// <summary>x * min(max(x + 3, 0), 6) / 6 for each element.</summary>
        public Tensor hardswish() => Aten.hardswish(this);

        /// <summary>x * min(max(x + 3, 0), 6) / 6 for each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor hardswish_()
        {
            Aten.hardswish_(this);
            return this;
        }

        /// <summary>exp(x) divided by its sum over one dimension.</summary>
        /// <param name="dim">The dimension that sums to one.</param>
        /// <param name="dtype">The type of the result; the input's when not given.</param>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.softmax(this, dim, dtype);

        /// <summary>The logarithm of <see cref="softmax"/>, computed stably.</summary>
        /// <param name="dim">The dimension whose exponentials sum to one.</param>
        /// <param name="dtype">The type of the result; the input's when not given.</param>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.log_softmax(this, dim, dtype);
    }
}
