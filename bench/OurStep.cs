using static TorchSharp.torch;

namespace Bench;

/// <summary>A trainer's step.</summary>
/// <param name="Run">Makes one update and returns the loss that it minimises; the trainer keeps that.</param>
/// <param name="Networks">The network that is trained, then its teacher or copy where there is one.</param>
internal sealed record OurStep(Func<Batch, Tensor> Run, params nn.Module[] Networks);
