using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples that have further inputs beside the first, each under the name that a model gives it.</summary>
public interface IFurtherInputs
{
    /// <summary>A further input of some samples.</summary>
    /// <param name="name">The name in the model's declaration: <c>edges</c> of <c>[EdgeList]</c>.</param>
    /// <param name="indices">Which samples, [B] int64 on the CPU.</param>
    /// <returns>What the model takes under this name; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The samples have no such input.</exception>
    Tensor ReadInput(string name, Tensor indices);
}
