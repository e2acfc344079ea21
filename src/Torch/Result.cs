using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Torch;

/// <summary>Reads what an operator returned.</summary>
internal static unsafe class Result
{
    /// <summary>The tensor; null where the operator left it undefined, which only callers that asked for that can see.</summary>
    public static Tensor Tensor(Value value) => value.Tag == ValueTag.None ? null! : TensorWrapper.Wrap((nint)value.Bits);

    public static Tensor[] Tensors(Value value)
    {
        var handles = (nint*)value.Bits;
        var tensors = new Tensor[value.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = handles[i] == 0 ? null! : TensorWrapper.Wrap(handles[i]);
        }

        NativeMethods.Free(handles);
        return tensors;
    }

    public static bool Boolean(Value value) => value.Bits != 0;

    public static long Integer(Value value) => value.Bits;

    public static double Floating(Value value) => value.Double;

    public static Number Number(Value value) => new(value);
}
