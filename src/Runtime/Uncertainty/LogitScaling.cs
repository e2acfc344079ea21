using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A map of logits that makes a trained classifier's probabilities true, fitted on samples that training did not
/// see.</summary>
public abstract class LogitScaling : nn.Module<Tensor, Tensor>
{
    /// <summary>A map.</summary>
    private protected LogitScaling(string name)
        : base(name)
    {
    }

    /// <summary>Calibrated logits, in the shape and type of those that are given.</summary>
    /// <param name="logits">[N, K], [N, T, K] or [N, K, H, W].</param>
    public sealed override Tensor forward(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        int place = ClassLabels.Dimension(logits);
        Tensor last = place == logits.dim() - 1 ? logits : logits.transpose(place, -1);
        Tensor scaled = Scale(last.to_type(ScalarType.Float64)).to_type(logits.dtype);
        return (place == logits.dim() - 1 ? scaled : scaled.transpose(place, -1)).MoveToOuterDisposeScope();
    }

    /// <summary>Calibrated logits beside the same labels; the caller disposes them.</summary>
    public LabelledLogits Of(LabelledLogits predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        using var scaled = forward(predictions.Logits);
        return new LabelledLogits(scaled, predictions.Labels);
    }

    /// <summary>The network with this behind it; both stay their owners', and it can be asked like any classifier.</summary>
    /// <param name="network">Gives logits.</param>
    public nn.Module<Tensor, Tensor> Behind(nn.Module<Tensor, Tensor> network) => new CalibratedNetwork(network, this);

    /// <summary>
    /// Makes the map a part of the network: of the weights [K, D] and biases [K] of its last linear layer. The network is then
    /// saved, loaded and asked as before, and needs nothing of this.
    /// </summary>
    /// <param name="network">A classifier that ends in a linear layer with a bias.</param>
    /// <param name="inputs">Some samples [N, ...], by which it is proved that the network now returns what it should.</param>
    /// <exception cref="InvalidOperationException">There is no such layer, or the network does not follow it: it is as it
    /// was.</exception>
    public void FoldInto(nn.Module<Tensor, Tensor> network, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor before = network.Predict(inputs), expected = forward(before);
        long classes = before.size(ClassLabels.Dimension(before));
        var parameters = network.named_parameters().ToDictionary(known => known.name, known => (Tensor)known.parameter);
        string? last = parameters.Keys.LastOrDefault(name => name.EndsWith("weight", StringComparison.Ordinal)
            && parameters[name].dim() == 2 && parameters[name].size(0) == classes
            && parameters.TryGetValue(Bias(name), out var bias) && bias.numel() == classes);
        if (last is null)
        {
            throw new InvalidOperationException(
                $"'{network.GetName()}' has no linear layer with {classes} outputs and a bias to take the scaling in: put the "
                + "scaling behind it, Behind(network).");
        }

        Tensor weight = parameters[last], shift = parameters[Bias(last)];
        Tensor oldWeight = weight.clone(), oldShift = shift.clone();
        weight.copy_(Multiplied(oldWeight.to_type(ScalarType.Float64)));
        shift.copy_(Scale(oldShift.to_type(ScalarType.Float64).unsqueeze(0)).squeeze(0));
        Tensor after = network.Predict(inputs);
        double largest = Aten.item(expected.abs().max()), error = Aten.item(after.sub(expected).abs().max());
        if (error <= 1e-4 * Math.Max(largest, 1)) return;
        weight.copy_(oldWeight);
        shift.copy_(oldShift);
        throw new InvalidOperationException(
            $"'{network.GetName()}' does not end in its layer '{last}', or uses its weights elsewhere too: it is as it was. Put "
            + "the scaling behind it, Behind(network).");
    }

    /// <summary>The map of rows [..., K] float64.</summary>
    private protected abstract Tensor Scale(Tensor logits);

    /// <summary>Its linear part, of weights [K, D] float64.</summary>
    private protected abstract Tensor Multiplied(Tensor weights);

    private static string Bias(string weight) => weight[..^"weight".Length] + "bias";

    /// <summary>A network and what its logits become.</summary>
    private sealed class CalibratedNetwork(nn.Module<Tensor, Tensor> network, LogitScaling scaling)
        : nn.Module<Tensor, Tensor>(nameof(CalibratedNetwork))
    {
        public override Tensor forward(Tensor input)
        {
            using var logits = network.Predict(input);
            return scaling.forward(logits);
        }
    }
}
