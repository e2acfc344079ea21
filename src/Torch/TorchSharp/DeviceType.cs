namespace TorchSharp;

/// <summary>The kinds of device that libtorch knows; its codes.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,

    /// <summary>oneDNN's own memory.</summary>
    MKLDNN = 2,

    /// <summary>OpenGL.</summary>
    OPENGL = 3,

    /// <summary>OpenCL.</summary>
    OPENCL = 4,

    /// <summary>IDEEP.</summary>
    IDEEP = 5,

    /// <summary>An AMD GPU.</summary>
    HIP = 6,

    /// <summary>An FPGA.</summary>
    FPGA = 7,

    /// <summary>Microsoft's Maia accelerator.</summary>
    MSNPU = 8,

    /// <summary>XLA.</summary>
    XLA = 9,

    /// <summary>Vulkan.</summary>
    VULKAN = 10,

    /// <summary>Metal.</summary>
    METAL = 11,

    /// <summary>An Intel GPU.</summary>
    XPU = 12,

    /// <summary>Metal performance shaders.</summary>
    MPS = 13,

    /// <summary>Shapes without data.</summary>
    META = 14,
}
