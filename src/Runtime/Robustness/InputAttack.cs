using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A way to find an input near a given one that a classifier tells wrongly.</summary>
/// <param name="Ball">How far it may be.</param>
public abstract record InputAttack(AttackBall Ball)
{
    /// <summary>What the attack makes of a batch, with the network in evaluation mode and no gradient of a parameter
    /// touched.</summary>
    /// <param name="model">From [N, ...] to logits [N, K].</param>
    /// <param name="input">x, [N, ...], within the range.</param>
    /// <param name="label">[N] int64, classes.</param>
    /// <param name="draws">Where random numbers come from.</param>
    /// <returns>[N, ...] within ball and range; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">An input is outside of the range, or the logits are not [N, K].</exception>
    public Tensor Find(nn.Module<Tensor, Tensor> model, Tensor input, Tensor label, DrawSampler draws)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(draws);
        Ball.Require(input);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Search(model, input, label, draws).MoveToOuterDisposeScope();
    }

    /// <summary>Whether what was found is what was sought, [N] bool.</summary>
    internal virtual Tensor Succeeds(Tensor predicted, Tensor label, Tensor cleanLogits) => predicted.ne(label);

    private protected abstract Tensor Search(
        nn.Module<Tensor, Tensor> model, Tensor input, Tensor label, DrawSampler draws);

    /// <summary>What a network says in evaluation mode, [N, K].</summary>
    private protected static Tensor Ask(nn.Module<Tensor, Tensor> model, Tensor input)
    {
        var logits = FrozenNetwork.Predict(model, input);
        return logits.dim() == 2 && logits.size(0) == input.size(0) && logits.size(1) > 1 ? logits
            : throw new DataMismatchException(
                $"An attack is on a classifier's logits [N, K], but '{model.GetName()}' returned "
                + $"[{string.Join(", ", logits.shape)}] for {input.size(0)} inputs.");
    }

    /// <summary>From [N] bool to what stands beside [N, ...].</summary>
    private protected static Tensor Beside(Tensor which, Tensor input) =>
        which.reshape([which.size(0), .. Enumerable.Repeat(1L, (int)input.dim() - 1)]);
}
