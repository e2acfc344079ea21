using static TorchSharp.torch;

namespace Dsl.Runtime;

// Operators that write into memory that is there.
public static partial class Aten
{
    /// <summary>output ← a·b, element by element.</summary>
    public static Tensor mul_out(Tensor output, Tensor a, Tensor b)
    {
        var call = new OperatorCall(stackalloc ulong[3]);
        call.Add(a);
        call.Add(b);
        call.Add(output);
        call.Run("aten::mul"u8, "out"u8);
        call.FreeResult();
        return output;
    }

    /// <summary>output ← −x.</summary>
    public static Tensor neg_out(Tensor output, Tensor x)
    {
        var call = new OperatorCall(stackalloc ulong[2]);
        call.Add(x);
        call.Add(output);
        call.Run("aten::neg"u8, "out"u8);
        call.FreeResult();
        return output;
    }

    /// <summary>output ← tanh x.</summary>
    public static Tensor tanh_out(Tensor output, Tensor x)
    {
        var call = new OperatorCall(stackalloc ulong[2]);
        call.Add(x);
        call.Add(output);
        call.Run("aten::tanh"u8, "out"u8);
        call.FreeResult();
        return output;
    }
}
