namespace Dsl.Runtime;

/// <summary>What compiles kernels and runs them.</summary>
internal unsafe interface IKernelDevice
{
    /// <summary>How many multiprocessors share the blocks of a launch.</summary>
    int Processors { get; }

    /// <summary>Compiles a kernel.</summary>
    /// <param name="kernel">With its source, before which the prelude stands.</param>
    /// <returns>The function, which lives as long as the process does.</returns>
    /// <exception cref="CudaException">It cannot be compiled.</exception>
    nint Load(CudaKernel kernel);

    /// <summary>Asks for a run of a function, behind what libtorch has been asked for.</summary>
    /// <param name="function">What <see cref="Load"/> gave.</param>
    /// <param name="blocks">Blocks of threads, above 0.</param>
    /// <param name="blockSize">Threads of a block, a multiple of 32.</param>
    /// <param name="arguments">The place of each argument.</param>
    /// <exception cref="CudaException">It cannot be launched.</exception>
    void Run(nint function, uint blocks, uint blockSize, void** arguments);
}
