using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// Each element zero with probability <paramref name="p"/>, else divided by 1 - <paramref name="p"/>; in evaluation
            /// as it is.
            /// </summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">The probability, in [0, 1].</param>
            /// <param name="training">Whether anything is dropped.</param>
            /// <param name="inplace">Whether the input itself is changed.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                ArgumentNullException.ThrowIfNull(input);
                if (!inplace)
                {
                    return Aten.dropout(input, p, training);
                }

                Aten.dropout_(input, p, training);
                return input.alias();
            }
        }
    }
}
