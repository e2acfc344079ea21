using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Dsl.Runtime;

/// <summary>
/// Who multiplies matrices on this machine's processor, and who convolves images. libtorch's MKL uses vectors of 16 numbers on
/// Intel's processors alone; on AMD's that have them our own loops (<see cref="ProductKernel"/>) take half its time, on some of
/// them as much. Its oneDNN, which convolves, uses them everywhere: there our loops take the convolutions for which they are
/// faster (<see cref="ConvolutionChoice"/>). Where it is wrong and switched off (<see cref="ConvolutionCheck"/>), they take all,
/// in half the time of what libtorch has besides. The environment variable <c>DSL_PRODUCTS</c> says otherwise: <c>libtorch</c>,
/// or <c>dsl</c> where the processor has such vectors.
/// </summary>
/// <remarks>The choice depends on the processor and the variable, never on a measurement: the same machine rounds in the same way
/// every time.</remarks>
public static class ProductChoice
{
    private static readonly bool? s_asked = Asked(
        Environment.GetEnvironmentVariable(Variable), Vector512.IsHardwareAccelerated);

    private static readonly bool s_isOurs = s_asked ?? (Vector512.IsHardwareAccelerated && Vendor() == "AuthenticAMD");

    private const string Variable = "DSL_PRODUCTS";

    /// <summary>Whether products of matrices of 32-bit numbers in the processor's memory are ours.</summary>
    public static bool IsOurs => s_isOurs;

    /// <summary>Whether convolutions of images of 32-bit numbers in the processor's memory are ours.</summary>
    /// <exception cref="NativeLibraryException">libtorch's are wrong, and what is wrong of it cannot be switched off.</exception>
    public static bool AreConvolutionsOurs => s_asked ?? (Vector512.IsHardwareAccelerated && !ConvolutionCheck.Ensure());

    /// <summary>What a value of the variable asks for on a processor; null for nothing.</summary>
    /// <exception cref="InvalidOperationException">The variable has a value that means nothing, or nothing here.</exception>
    internal static bool? Asked(string? value, bool hasLongVectors) => value switch
    {
        null or "" => null,
        "libtorch" => false,
        "dsl" when hasLongVectors => true,
        "dsl" => throw new InvalidOperationException(
            $"The environment variable {Variable} asks for Dsl's own products, which need vectors of 512 bits; this processor "
            + "does not have them, or .NET does not use them. Unset it."),
        _ => throw new InvalidOperationException(
            $"The environment variable {Variable} is \"{value}\"; it can be \"libtorch\" or \"dsl\", or unset."),
    };

    private static string Vendor()
    {
        if (!X86Base.IsSupported) return "";
        var (_, first, third, second) = X86Base.CpuId(0, 0);
        return Encoding.ASCII.GetString(
            [.. BitConverter.GetBytes(first), .. BitConverter.GetBytes(second), .. BitConverter.GetBytes(third)]);
    }
}
