using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>-log softmax(input)[target]: the negative log-likelihood of classes, in nats.</summary>
            /// <param name="input">Logits [N, K, ...].</param>
            /// <param name="target">Class indices [N, ...] as Int64, or probabilities [N, K, ...].</param>
            /// <param name="weight">A weight for each class [K], or null.</param>
            /// <param name="ignore_index">A class index that does not count.</param>
            /// <param name="reduction">How the losses of the samples are combined.</param>
            /// <param name="label_smoothing">How much of the target is spread evenly over all classes, in [0, 1].</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Aten.cross_entropy_loss(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>-input[target]: the negative log-likelihood of classes from log-probabilities, in nats.</summary>
            /// <param name="input">Log-probabilities [N, K, ...].</param>
            /// <param name="target">Class indices [N, ...] as Int64.</param>
            /// <param name="weight">A weight for each class [K], or null.</param>
            /// <param name="reduction">How the losses of the samples are combined.</param>
            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.nll_loss_nd(input, target, weight, (long)reduction);

            /// <summary>(input - target)^2.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="target">The same shape.</param>
            /// <param name="reduction">How the losses of the elements are combined.</param>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.mse_loss(input, target, (long)reduction);

            /// <summary>|input - target|.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="target">The same shape.</param>
            /// <param name="reduction">How the losses of the elements are combined.</param>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.l1_loss(input, target, (long)reduction);

            /// <summary>Squared below <paramref name="beta"/>, linear above: 0.5 d^2 / beta, or |d| - 0.5 beta.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="target">The same shape.</param>
            /// <param name="reduction">How the losses of the elements are combined.</param>
            /// <param name="beta">Where it becomes linear.</param>
            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Aten.smooth_l1_loss(input, target, (long)reduction, beta);

            /// <summary>target * (log target - input): the Kullback-Leibler divergence, element by element, in nats.</summary>
            /// <remarks>As in TorchSharp, and unlike in PyTorch, the target is taken as log-probabilities by default.</remarks>
            /// <param name="input">Log-probabilities.</param>
            /// <param name="target">Log-probabilities, or probabilities without <paramref name="log_target"/>.</param>
            /// <param name="log_target">Whether the target is log-probabilities.</param>
            /// <param name="reduction">How the elements are combined; their mean is over samples and classes.</param>
            public static Tensor kl_div(
                Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Aten.kl_div(input, target, (long)reduction, log_target);

            /// <summary>-(target log(input) + (1 - target) log(1 - input)), in nats.</summary>
            /// <param name="input">Probabilities.</param>
            /// <param name="target">Probabilities, the same shape.</param>
            /// <param name="weight">A weight for each element, broadcast; or null.</param>
            /// <param name="reduction">How the losses of the elements are combined.</param>
            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.binary_cross_entropy(input, target, weight, (long)reduction);

            /// <summary>Binary cross-entropy of logits, computed stably, in nats.</summary>
            /// <param name="input">Logits.</param>
            /// <param name="target">Probabilities, the same shape.</param>
            /// <param name="weight">A weight for each element, broadcast; or null.</param>
            /// <param name="reduction">How the losses of the elements are combined.</param>
            /// <param name="pos_weights">A weight for the positive part of each class, or null.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) =>
                Aten.binary_cross_entropy_with_logits(input, target, weight, pos_weights, (long)reduction);
        }
    }
}
