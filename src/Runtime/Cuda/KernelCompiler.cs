using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Dsl.Runtime;

/// <summary>CUDA C to what a driver loads: machine code where NVRTC knows the device's architecture, else PTX of the latest one
/// before it, which the driver compiles.</summary>
/// <param name="functions">NVRTC's.</param>
internal sealed unsafe class KernelCompiler(NvrtcFunctions functions)
{
    /// <summary>The image of one kernel, with a final zero.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="capability">What the device can: 80 for 8.0.</param>
    /// <exception cref="CudaException">The source is no CUDA C, with the compiler's log; or NVRTC is too old for the
    /// device.</exception>
    public byte[] Compile(CudaKernel kernel, int capability)
    {
        int known = Known(capability);
        string architecture = string.Create(CultureInfo.InvariantCulture,
            $"--gpu-architecture={(known == capability ? "sm" : "compute")}_{known}");
        nint program;
        fixed (byte* source = Zeroed(KernelPrelude.Source + kernel.Source), name = Zeroed(kernel.Name + ".cu"))
            Check(functions.CreateProgram(&program, source, name, 0, null, null), "nvrtcCreateProgram", kernel);
        try
        {
            int result;
            fixed (byte* first = Zeroed(architecture), second = "--std=c++14"u8)
            {
                byte** options = stackalloc byte*[] { first, second };
                result = functions.CompileProgram(program, 2, options);
            }

            if (result != 0)
            {
                throw new CudaException(
                    $"The kernel {kernel.Name} is not compiled by {functions.File} ({Words(result)}):\n{Log(program)}");
            }

            return Image(program, kernel, known == capability);
        }
        finally
        {
            _ = functions.DestroyProgram(&program);
        }
    }

    private static byte[] Zeroed(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    // The latest architecture up to the device's.
    private int Known(int capability)
    {
        int count;
        CheckAsked(functions.CountArchitectures(&count));
        int[] architectures = new int[count];
        fixed (int* first = architectures) CheckAsked(functions.GetArchitectures(first));
        int known = architectures.Where(architecture => architecture <= capability).DefaultIfEmpty().Max();
        return known > 0 ? known : throw new CudaException(string.Create(CultureInfo.InvariantCulture,
            $"{functions.File} compiles for GPUs from {architectures.Min() / 10.0:0.0} on, and this one is of "
            + $"{capability / 10.0:0.0}. {LoopChoice.WithoutKernels}"));
    }

    private void CheckAsked(int result)
    {
        if (result == 0) return;
        throw new CudaException(
            $"{functions.File} does not tell what it compiles for ({Words(result)}). {LoopChoice.WithoutKernels}");
    }

    private byte[] Image(nint program, CudaKernel kernel, bool isCode)
    {
        nuint size;
        Check(isCode ? functions.CodeSize(program, &size) : functions.PtxSize(program, &size), "The size of its code", kernel);
        byte[] image = new byte[(int)size + 1];
        fixed (byte* first = image)
            Check(isCode ? functions.Code(program, first) : functions.Ptx(program, first), "Its code", kernel);
        return image;
    }

    private string Log(nint program)
    {
        nuint size;
        if (functions.LogSize(program, &size) != 0 || size < 1) return "It has left no log.";
        byte[] log = new byte[(int)size];
        fixed (byte* first = log)
        {
            return functions.Log(program, first) == 0 ? Encoding.UTF8.GetString(log).TrimEnd('\0', '\n') : "It has left no log.";
        }
    }

    private void Check(int result, string what, CudaKernel kernel)
    {
        if (result == 0) return;
        throw new CudaException($"The kernel {kernel.Name}: {what} has failed in {functions.File} ({Words(result)}).");
    }

    private string Words(int result) => Marshal.PtrToStringUTF8((nint)functions.GetErrorString(result)) ?? "no words";
}
