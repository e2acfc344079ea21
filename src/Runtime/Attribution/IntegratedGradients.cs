using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Integrated gradients of a batch.</summary>
/// <param name="Values">The part of each element in what the output rose by from the baseline to the input, [N, ...].</param>
/// <param name="Gap">Their sum less z_c(x) − z_c(x'), [N]: 0 for infinitely many parts (completeness). Where it is not small
/// beside the difference, take more parts.</param>
public sealed record IntegratedGradients(Tensor Values, Tensor Gap) : IDisposable
{
    /// <summary>Frees both.</summary>
    public void Dispose()
    {
        Values.Dispose();
        Gap.Dispose();
    }
}
