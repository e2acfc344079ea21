using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Torch;

/// <summary>Looks operators up in libtorch's dispatcher and calls them.</summary>
internal static unsafe class Operator
{
    /// <summary>The shim's handle of an operator, valid as long as the process.</summary>
    /// <param name="name">With its namespace, as a UTF-8 literal (which C# ends with a zero).</param>
    /// <param name="overload">The overload's name, empty for the one without a name; a UTF-8 literal too.</param>
    /// <exception cref="TorchException">This libtorch has no such operator.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> overload)
    {
        nint found;
        // The span of an empty literal still points at its terminating zero, but fixed gives null for it.
        fixed (byte* namePointer = &MemoryMarshal.GetReference(name), overloadPointer = &MemoryMarshal.GetReference(overload))
        {
            NativeStatus.Check(NativeMethods.OperatorFind(namePointer, overloadPointer, &found));
        }

        return found;
    }

    /// <summary>Calls an operator; results that are not asked for (a count of 0) are dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Call(nint operation, Value* arguments, int argumentCount, Value* results, int resultCount) =>
        NativeStatus.Check(NativeMethods.OperatorCall(operation, arguments, argumentCount, results, resultCount));

    /// <summary>The schema that libtorch declares an operator with.</summary>
    public static string Schema(nint operation) => Marshal.PtrToStringUTF8((nint)NativeMethods.OperatorSchema(operation))!;
}
