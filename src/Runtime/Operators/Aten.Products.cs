using static TorchSharp.torch;

namespace Dsl.Runtime;

// Matrix products that add to what is there, through libtorch's typed functions: a step is made of them.
public static partial class Aten
{
    /// <summary>c ← c + a·b for matrices; the product is never in memory by itself.</summary>
    public static Tensor addmm_(Tensor c, Tensor a, Tensor b) => addmm_out(c, c, a, b);

    /// <summary>output ← c + a·b for matrices.</summary>
    public static Tensor addmm_out(Tensor output, Tensor c, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int status = LibTorchAbi.AddMatrixProduct(output.Handle, c.Handle, a.Handle, b.Handle, 1, 1);
        if (status != 0) throw TorchException.Refused("aten::addmm", output, c, a, b);
        GC.KeepAlive(output);
        GC.KeepAlive(c);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return output;
    }
}
