using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>The twin of <see cref="GptLayer"/>. TorchSharp's own TransformerEncoderLayer cannot normalise first.</summary>
internal sealed class GptBlock : Module<Tensor, Tensor>
{
    private const int Features = 128, Heads = 4;

    private readonly LayerNorm _norm1 = LayerNorm(Features);
    private readonly Linear _projectIn = Linear(Features, 3 * Features);
    private readonly Linear _projectOut = Linear(Features, Features);
    private readonly LayerNorm _norm2 = LayerNorm(Features);
    private readonly Linear _linear1 = Linear(Features, 4 * Features);
    private readonly Linear _linear2 = Linear(4 * Features, Features);

    public GptBlock() : base(nameof(GptBlock)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        // A sequential frees what it has passed on: what is made here goes with the scope.
        using var scope = NewDisposeScope();
        var attended = input + Attention(_norm1.call(input));
        var hidden = functional.gelu(_linear1.call(_norm2.call(attended)));
        return (attended + _linear2.call(hidden)).MoveToOuterDisposeScope();
    }

    private Tensor Attention(Tensor input)
    {
        var (count, length) = (input.shape[0], input.shape[1]);
        var parts = _projectIn.call(input).view(count, length, 3, Heads, Features / Heads).permute(2, 0, 3, 1, 4).unbind(0);
        var mixed = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true);
        return _projectOut.call(mixed.transpose(1, 2).reshape(count, length, Features));
    }
}
