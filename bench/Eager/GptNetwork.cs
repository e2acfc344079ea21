using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>A small model of characters: four layers of width 128 and a context of 64.</summary>
internal sealed class GptNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Embedding _tokens = nn.Embedding(65, 128);
    private readonly Parameter _places = nn.Parameter(randn(64, 128) * 0.02);
    private readonly Sequential _layers = nn.Sequential(
        Enumerable.Range(0, 4).Select(nn.Module<Tensor, Tensor> (_) => new EncoderBlock(128, 4, isCausal: true)).ToArray());
    private readonly LayerNorm _norm = nn.LayerNorm(128);
    private readonly Linear _head = nn.Linear(128, 65);

    public GptNetwork() : base(nameof(GptNetwork)) => RegisterComponents();

    public override Tensor forward(Tensor tokens) =>
        _head.call(_norm.call(_layers.call(_tokens.call(tokens) + _places)));
}
