using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Fuzz;

/// <summary>The memory in which instrumented code counts its branches.</summary>
internal static class Instrumentation
{
    /// <summary>Memory for what runs before AFL++ gives its own.</summary>
    public static unsafe void Begin() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(1 << 16);
}
