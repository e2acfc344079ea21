using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Class indices as rows with a one: [...] gives [..., num_classes].</summary>
            /// <param name="x">Class indices, Int64.</param>
            /// <param name="num_classes">How many classes; one more than the largest index when -1.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.one_hot(x, num_classes);
        }
    }
}
