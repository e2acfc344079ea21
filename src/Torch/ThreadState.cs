using System.Runtime.InteropServices;

namespace Dsl.Torch;

/// <summary>The part of libtorch's thread-local state that <c>Aten.NoAutograd()</c> changes, as it was before.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ThreadState
{
    public ulong Excluded;
    public long GradMode;
}
