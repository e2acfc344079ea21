using static TorchSharp.torch;

namespace Dsl.Runtime;

// Operators that write into memory that is there.
public static partial class Aten
{
    /// <summary>output ← a·b, element by element.</summary>
    public static Tensor mul_out(Tensor output, Tensor a, Tensor b) => Write(output, "aten::mul"u8, "out"u8, a, b);

    /// <summary>output ← −x.</summary>
    public static Tensor neg_out(Tensor output, Tensor x) => Write(output, "aten::neg"u8, "out"u8, x);

    /// <summary>output ← tanh x.</summary>
    public static Tensor tanh_out(Tensor output, Tensor x) => Write(output, "aten::tanh"u8, "out"u8, x);
}
