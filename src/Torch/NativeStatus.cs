using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Dsl.Torch;

/// <summary>Turns the shim's status codes into exceptions.</summary>
internal static unsafe class NativeStatus
{
    /// <summary>Throws libtorch's error when <paramref name="status"/> says that there was one.</summary>
    public static void Check(int status)
    {
        if (status != 0)
        {
            Throw();
        }
    }

    [DoesNotReturn]
    public static void Throw() =>
        throw new TorchException(Marshal.PtrToStringUTF8((nint)NativeMethods.LastError()) ?? "libtorch gave no message.");
}
