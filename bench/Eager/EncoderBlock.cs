using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>The twin of <see cref="GptLayer"/> and <see cref="ViTLayer"/>. TorchSharp's own TransformerEncoderLayer cannot
/// normalise first.</summary>
internal sealed class EncoderBlock : Module<Tensor, Tensor>
{
    private readonly int _features, _heads;
    private readonly bool _isCausal;
    private readonly LayerNorm _norm1;
    private readonly Linear _projectIn;
    private readonly Linear _projectOut;
    private readonly LayerNorm _norm2;
    private readonly Linear _linear1;
    private readonly Linear _linear2;

    public EncoderBlock(int features, int heads, bool isCausal) : base(nameof(EncoderBlock))
    {
        (_features, _heads, _isCausal) = (features, heads, isCausal);
        (_norm1, _norm2) = (LayerNorm(features), LayerNorm(features));
        (_projectIn, _projectOut) = (Linear(features, 3 * features), Linear(features, features));
        (_linear1, _linear2) = (Linear(features, 4 * features), Linear(4 * features, features));
        RegisterComponents();
    }

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
        var parts = _projectIn.call(input).view(count, length, 3, _heads, _features / _heads).permute(2, 0, 3, 1, 4).unbind(0);
        var mixed = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: _isCausal);
        return _projectOut.call(mixed.transpose(1, 2).reshape(count, length, _features));
    }
}
