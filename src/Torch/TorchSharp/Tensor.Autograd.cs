using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Whether operations on the tensor are recorded for <see cref="backward()"/>.</summary>
        public bool requires_grad
        {
            get => Kept(NativeMethods.TensorRequiresGrad(Handle)) != 0;
            set
            {
                NativeStatus.Check(NativeMethods.TensorSetRequiresGrad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>Whether the tensor was given rather than computed from tensors that require a gradient.</summary>
        public bool is_leaf => Kept(NativeMethods.TensorIsLeaf(Handle)) != 0;

        /// <summary>
        /// The gradient that backward passes have added up, or null before the first: a new wrapper on each read.
        /// </summary>
        public Tensor? grad
        {
            get
            {
                nint gradient;
                NativeStatus.Check(NativeMethods.TensorGrad(Handle, &gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                NativeStatus.Check(NativeMethods.TensorSetGrad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        /// <summary>Sets whether operations on the tensor are recorded.</summary>
        /// <returns>This tensor.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets whether operations on the tensor are recorded.</summary>
        /// <returns>This tensor.</returns>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Adds the gradient of this tensor, which has one element, to every leaf that it was computed from.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Adds the gradient of this tensor to every leaf that it was computed from.</summary>
        /// <param name="grad_tensors">
        /// The gradient of what is differentiated, by this tensor; needed when it has several elements.
        /// </param>
        /// <param name="retain_graph">Whether the graph stays, so that there can be a further backward pass.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated in turn.</param>
        /// <param name="inputs">The leaves that receive a gradient; all when not given.</param>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Makes backward passes set the gradient of this tensor too, which is not a leaf.</summary>
        public void retain_grad() => Aten.retain_grad(this);

        /// <summary>The same memory, apart from the graph: no gradient flows through it.</summary>
        public Tensor detach() => Aten.detach(this);

        /// <summary>Takes the tensor out of the graph that it was computed in.</summary>
        /// <returns>This tensor.</returns>
        public Tensor detach_()
        {
            Aten.detach_(this);
            return this;
        }

        /// <summary>Another wrapper of the same tensor.</summary>
        public Tensor alias()
        {
            nint result;
            NativeStatus.Check(NativeMethods.TensorAlias(Handle, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        /// <summary>A copy with its own memory; gradients flow through it.</summary>
        public Tensor clone() => Aten.clone(this);

        /// <summary>Replaces what this object stands for: it takes the handle of another tensor, which becomes invalid.</summary>
        internal void Become(Tensor other)
        {
            var taken = other.DecoupleFromNativeHandle();
            NativeMethods.TensorFree(Interlocked.Exchange(ref handle, taken));
        }
    }
}
