using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of what was recorded.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of outputs by inputs, without touching any tensor's <c>grad</c>.</summary>
        /// <param name="outputs">What is differentiated: their sum, weighted by <paramref name="grad_outputs"/>.</param>
        /// <param name="inputs">What it is differentiated by.</param>
        /// <param name="grad_outputs">
        /// A weight for each output, of its shape; ones for outputs of one element when not given.
        /// </param>
        /// <param name="retain_graph">Whether the graph stays, so that there can be a further backward pass.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated in turn; the graph stays then.</param>
        /// <param name="allow_unused">
        /// Whether an input that no output depends on gives an invalid tensor instead of an error.
        /// </param>
        /// <returns>A gradient for each input.</returns>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            var gradients = Autograd.Gradients(
                AsSpan(outputs), AsSpan(inputs), AsSpan(grad_outputs ?? [])!, retain_graph || create_graph, create_graph,
                allow_unused);
            return Array.ConvertAll(gradients, gradient => gradient ?? new Tensor(0));
        }

        /// <summary>Adds the gradient of tensors to every leaf that they were computed from.</summary>
        /// <param name="tensors">What is differentiated: their sum, weighted by <paramref name="grad_tensors"/>.</param>
        /// <param name="grad_tensors">
        /// A weight for each tensor, of its shape; ones for tensors of one element when not given.
        /// </param>
        /// <param name="retain_graph">Whether the graph stays; by default when <paramref name="create_graph"/> is set.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated in turn.</param>
        /// <param name="inputs">The leaves that receive a gradient; all when not given.</param>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            Autograd.Backward(AsSpan(tensors), AsSpan(grad_tensors ?? [])!, retain_graph, create_graph, AsSpan(inputs ?? []));
        }

        /// <summary>Adds the gradient of a tensor to every leaf that it was computed from.</summary>
        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}?, bool?, bool, IList{Tensor}?)"/>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the gradient of a tensor to every leaf that it was computed from.</summary>
        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}?, bool?, bool, IList{Tensor}?)"/>
        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);
    }
}
