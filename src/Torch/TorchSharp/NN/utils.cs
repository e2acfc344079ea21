using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done to the parameters of a module together.</summary>
        public static class utils
        {
            /// <summary>Scales gradients down so that their norm, taken over all of them together, is at most a bound.</summary>
            /// <param name="tensors">The parameters; those without a gradient are left out.</param>
            /// <param name="max_norm">The bound.</param>
            /// <param name="norm_type">The exponent of the norm; infinity for the largest absolute value.</param>
            /// <returns>The norm before. Reading it waits for a GPU.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                using var unrecorded = no_grad();
                var gradients = Gradients(tensors);
                if (gradients.Count == 0)
                {
                    return 0;
                }

                var norms = stack(gradients.Select(gradient => gradient.norm((float)norm_type).to(gradients[0].device)));
                var total = norms.norm((float)norm_type).ToDouble();
                var factor = max_norm / (total + 1e-6);
                if (factor < 1)
                {
                    gradients.ForEach(gradient => gradient.mul_(factor));
                }

                return total;
            }

            /// <summary>
            /// Moves the elements of gradients into [-<paramref name="clip_value"/>, <paramref name="clip_value"/>].
            /// </summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                using var unrecorded = no_grad();
                Gradients(tensors).ForEach(gradient => gradient.clamp_(-clip_value, clip_value));
            }

            /// <summary>The elements of all parameters in one dimension.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(parameter => parameter.reshape(-1))]).MoveToOuterDisposeScope();
            }

            /// <summary>Copies the elements of a vector into parameters, one after another.</summary>
            /// <exception cref="ArgumentException">The vector has another number of elements than the parameters.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                ArgumentNullException.ThrowIfNull(vec);
                using var scope = NewDisposeScope();
                using var unrecorded = no_grad();
                var parameters = tensors.ToArray();
                var total = parameters.Sum(parameter => parameter.numel());
                if (total != vec.numel())
                {
                    throw new ArgumentException($"The parameters have {total} elements, the vector {vec.numel()}.", nameof(vec));
                }

                var start = 0L;
                foreach (var parameter in parameters)
                {
                    parameter.copy_(vec.narrow(0, start, parameter.numel()).view_as(parameter));
                    start += parameter.numel();
                }
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> parameters) =>
                [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        }
    }
}
