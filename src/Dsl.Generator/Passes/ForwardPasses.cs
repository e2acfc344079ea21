using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>What changes a network's forward pass before anything is derived from it.</summary>
internal static class ForwardPasses
{
    public static void Run(NetworkProgram network)
    {
        PoolBeforeReLU.Run(network);
        MixPrecision.Run(network);
    }
}
