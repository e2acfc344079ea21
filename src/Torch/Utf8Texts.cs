using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Dsl.Torch;

/// <summary>
/// Texts that operators take (modes, equations) as UTF-8 in native memory, kept for good: there are few, and a step that
/// passes one again must not allocate.
/// </summary>
internal static unsafe class Utf8Texts
{
    private static readonly ConcurrentDictionary<string, (nint Address, int Length)> Known = new(StringComparer.Ordinal);

    public static Value ValueOf(string text)
    {
        var (address, length) = Known.GetOrAdd(text, Copy);
        return Value.Of((byte*)address, length);
    }

    private static (nint Address, int Length) Copy(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var copy = NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return ((nint)copy, bytes.Length);
    }
}
