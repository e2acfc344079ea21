using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A network whose outputs are evidence, at least 0, as one that returns logits log(e + 1): their softmax is the mean α/Σα of
/// its Dirichlet distribution, α = e + 1, and their exponentials are α, which <see cref="DirichletPrediction"/> takes (Sensoy
/// et al. 2018, arXiv 1806.01768, section 3).
/// </summary>
/// <remarks>So it can be evaluated, and its probabilities be held against labels. The network stays its owner's, is asked in
/// evaluation mode and keeps its mode.</remarks>
/// <param name="network">A network of evidence [N, K], such as one that was trained by <c>[Evidential]</c>.</param>
public sealed class EvidentialNetwork(nn.Module<Tensor, Tensor> network)
    : nn.Module<Tensor, Tensor>(nameof(EvidentialNetwork))
{
    private readonly nn.Module<Tensor, Tensor> _network = network ?? throw new ArgumentNullException(nameof(network));

    /// <summary>log(e + 1), in the shape of the evidence.</summary>
    /// <exception cref="DataMismatchException">The network returns a number below 0. It is looked for in the computer's memory
    /// alone: the look waits for a device.</exception>
    public override Tensor forward(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor evidence = FrozenNetwork.Predict(_network, input);
        if (evidence.device_type == DeviceType.CPU && evidence.numel() > 0 && Aten.item(evidence.min()) < 0)
        {
            throw new DataMismatchException(
                $"'{_network.GetName()}' returns numbers below 0, which are no evidence: let it end with [Softplus] or [ReLU].");
        }

        return evidence.log1p().MoveToOuterDisposeScope();
    }
}
