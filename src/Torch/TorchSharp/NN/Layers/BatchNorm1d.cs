using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Each channel of [N, C] or [N, C, L] with its mean taken off and divided by its standard deviation, then scaled and
    /// shifted.
    /// </summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(
            long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
            ScalarType? dtype)
            : base(nameof(BatchNorm1d), num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        /// <inheritdoc/>
        protected override void ValidateInputDimensions(Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (input.dim() is not (2 or 3))
            {
                throw new ArgumentException($"expected [N, C] or [N, C, L], but got {input.dim()} dimensions", nameof(input));
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>
            /// Normalises each channel of [N, C] or [N, C, L] over the other dimensions (Ioffe and Szegedy, 2015).
            /// </summary>
            /// <param name="num_features">The number of channels.</param>
            /// <param name="eps">Added to the variance.</param>
            /// <param name="momentum">The weight of a batch's statistics in the running ones.</param>
            /// <param name="affine">Whether a scale and a shift of each channel are learnt.</param>
            /// <param name="track_running_stats">Whether evaluation uses running statistics.</param>
            /// <param name="device">Where the parameters live; the processor when not given.</param>
            /// <param name="dtype">The type of the parameters; single precision when not given.</param>
            public static Modules.BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
