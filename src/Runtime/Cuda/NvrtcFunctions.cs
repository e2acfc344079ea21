namespace Dsl.Runtime;

/// <summary>What is called of NVRTC, NVIDIA's compiler of CUDA C at run time.</summary>
internal sealed unsafe class NvrtcFunctions
{
    /// <summary>The functions.</summary>
    /// <param name="find">The address of a function; 0 where there is none of that name.</param>
    /// <param name="file">Where they are from, for messages.</param>
    /// <exception cref="CudaException">A function is missing.</exception>
    public NvrtcFunctions(Func<string, nint> find, string file)
    {
        File = file;
        CountArchitectures = (delegate* unmanaged<int*, int>)Named("nvrtcGetNumSupportedArchs");
        GetArchitectures = (delegate* unmanaged<int*, int>)Named("nvrtcGetSupportedArchs");
        CreateProgram = (delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)Named("nvrtcCreateProgram");
        CompileProgram = (delegate* unmanaged<nint, int, byte**, int>)Named("nvrtcCompileProgram");
        DestroyProgram = (delegate* unmanaged<nint*, int>)Named("nvrtcDestroyProgram");
        LogSize = (delegate* unmanaged<nint, nuint*, int>)Named("nvrtcGetProgramLogSize");
        Log = (delegate* unmanaged<nint, byte*, int>)Named("nvrtcGetProgramLog");
        CodeSize = (delegate* unmanaged<nint, nuint*, int>)Named("nvrtcGetCUBINSize");
        Code = (delegate* unmanaged<nint, byte*, int>)Named("nvrtcGetCUBIN");
        PtxSize = (delegate* unmanaged<nint, nuint*, int>)Named("nvrtcGetPTXSize");
        Ptx = (delegate* unmanaged<nint, byte*, int>)Named("nvrtcGetPTX");
        GetErrorString = (delegate* unmanaged<int, byte*>)Named("nvrtcGetErrorString");

        nint Named(string name) => find(name) is not 0 and var address ? address : throw new CudaException(
            $"{file} has no function {name}: NVRTC 11.2 or later is needed. {LoopChoice.WithoutKernels}");
    }

    /// <summary>The library's file.</summary>
    public string File { get; }

    /// <summary>How many architectures it compiles for.</summary>
    public delegate* unmanaged<int*, int> CountArchitectures { get; }

    /// <summary>Which, in ascending order: 80 for 8.0.</summary>
    public delegate* unmanaged<int*, int> GetArchitectures { get; }

    /// <summary>Program, source, name, and no headers.</summary>
    public delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> CreateProgram { get; }

    /// <summary>Program, options.</summary>
    public delegate* unmanaged<nint, int, byte**, int> CompileProgram { get; }

    /// <summary>Frees a program.</summary>
    public delegate* unmanaged<nint*, int> DestroyProgram { get; }

    /// <summary>Bytes of what the compiler said, the final zero included.</summary>
    public delegate* unmanaged<nint, nuint*, int> LogSize { get; }

    /// <summary>What the compiler said.</summary>
    public delegate* unmanaged<nint, byte*, int> Log { get; }

    /// <summary>Bytes of the machine code; 0 where it compiled for a virtual architecture.</summary>
    public delegate* unmanaged<nint, nuint*, int> CodeSize { get; }

    /// <summary>The machine code.</summary>
    public delegate* unmanaged<nint, byte*, int> Code { get; }

    /// <summary>Bytes of the PTX, the final zero included.</summary>
    public delegate* unmanaged<nint, nuint*, int> PtxSize { get; }

    /// <summary>The PTX, which the driver compiles.</summary>
    public delegate* unmanaged<nint, byte*, int> Ptx { get; }

    /// <summary>NVRTC's words for a result.</summary>
    public delegate* unmanaged<int, byte*> GetErrorString { get; }
}
