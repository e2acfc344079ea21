using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns.</summary>
    public class Parameter : Tensor
    {
        /// <summary>Takes the handle of a tensor, which becomes invalid, and its place in its dispose scope.</summary>
        /// <param name="data">The initial values.</param>
        /// <param name="requires_grad">Whether operations on the parameter are recorded.</param>
        public Parameter(Tensor data, bool requires_grad = true)
            : this(Given(data).OwningDisposeScope, data.with_requires_grad(requires_grad).DecoupleFromNativeHandle())
        {
        }

        private Parameter(DisposeScope? scope, IntPtr handle)
            : base(handle) => MoveToOtherDisposeScope(scope);

        private static Tensor Given(Tensor data)
        {
            ArgumentNullException.ThrowIfNull(data);
            return data;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>Neural networks.</summary>
        public static partial class nn
        {
            /// <summary>
            /// A tensor that a module learns; takes the handle of <paramref name="data"/>, which becomes invalid.
            /// </summary>
            /// <param name="data">The initial values.</param>
            /// <param name="requires_grad">Whether operations on the parameter are recorded.</param>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
