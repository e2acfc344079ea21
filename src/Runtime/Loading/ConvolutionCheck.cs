using System.ComponentModel;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Whether libtorch's convolutions are right on this machine. On some processors its oneDNN (3.7.1, of libtorch 2.10) reads
/// memory that it has not cleared, where the channels are no multiple of its blocks: results and gradients have NaN in them, or
/// numbers of nowhere. There it is switched off, and convolutions are libtorch's own.
/// </summary>
public static unsafe class ConvolutionCheck
{
    // Samples, and rows and columns of an image: few, and still a buffer that is used again at once.
    private const int Samples = 4, Side = 8;

    // Pairs of an output and an input within a kernel of 3 along a side of 8 with a margin of 1.
    private const double PairsOfSide = 3 * Side - 2;

    private static readonly Lazy<bool> s_isRight = new(Run);

    /// <summary>Checks on the processor, once in a process, and switches oneDNN off where it is wrong. Compiled networks with
    /// convolutions call it.</summary>
    /// <returns>Whether it is right.</returns>
    /// <exception cref="NativeLibraryException">It is wrong and cannot be switched off.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool Ensure() => s_isRight.Value;

    /// <summary>Whether convolutions of numbers that are known give what they must.</summary>
    internal static bool IsRight()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (int time = 0; time < 3; time++)
        {
            // Freed memory, which the convolution is given next, must not be zeros.
            foreach (int channels in (int[])[16, 32]) Spoil(Samples * channels * Side * Side);
            foreach (int size in (int[])[16 * 16 * 9, 32 * 16 * 9]) Spoil(size);
            if (!IsRight(input: 20, output: 8) || !IsRight(input: 3, output: 1)) return false;
        }

        return true;
    }

    private static bool Run()
    {
        if (IsRight()) return true;
        SwitchOff();
        if (!IsRight()) throw Wrong("and they stay wrong without it");
        Console.Error.WriteLine(
            "Dsl: libtorch's oneDNN computes wrong convolutions on this processor. It is switched off; convolutions are slower.");
        return false;
    }

    private static void Spoil(long length) => Aten.full([length], double.NaN, ScalarType.Float32).Dispose();

    private static bool IsRight(int input, int output)
    {
        Tensor images = ones(Samples, input, Side, Side), kernels = ones(output, input, 3, 3);
        Tensor results = nn.functional.conv2d(images, kernels, padding: [1, 1]);
        var (ofImages, ofKernels, _) = Aten.DispatchConvolutionBackward(
            ones_like(results), images, kernels, [], [1, 1], [1, 1], [1, 1], false, [0, 0], 1, [true, true, false]);
        double pairs = Samples * input * output * PairsOfSide * PairsOfSide;
        return Sum(results) == pairs && Sum(ofImages!) == pairs && Sum(ofKernels!) == pairs;

        // Sums of whole numbers are exact.
        static double Sum(Tensor numbers) => numbers.sum(ScalarType.Float64).item<double>();
    }

    private static void SwitchOff()
    {
        // C++ functions of at::Context: the C interface has none for it. NNPACK would be asked next, and says at every call that
        // it does not know the processor.
        nint library = LibTorchLibrary.Load();
        if (!NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out nint context)
            || !NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledMkldnnEb", out nint enableOneDnn)
            || !NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out nint enableNnpack))
            throw Wrong("and it cannot be switched off");
        nint global = ((delegate* unmanaged<nint>)context)();
        ((delegate* unmanaged<nint, byte, void>)enableOneDnn)(global, 0);
        ((delegate* unmanaged<nint, byte, void>)enableNnpack)(global, 0);
    }

    private static NativeLibraryException Wrong(string what) => new(
        $"libtorch's oneDNN computes wrong convolutions on this processor, {what}. Set the environment variable "
        + "ONEDNN_MAX_CPU_ISA to SSE41 before the process starts: it then takes other loops.");
}
