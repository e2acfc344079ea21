using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How a classifier does on inputs that an attack has moved.</summary>
public static class RobustAccuracy
{
    /// <summary>Attacks every sample, with the network in evaluation mode. Training is not affected.</summary>
    /// <param name="model">From [N, ...] to logits [N, K], on <paramref name="device"/>; every module's mode is
    /// restored.</param>
    /// <param name="data">Samples with classes [N] int64; those of -100 are left out.</param>
    /// <param name="attack">The attack.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="seed">Decides what is drawn.</param>
    /// <param name="batchSize">Samples of a pass, at least 1.</param>
    /// <exception cref="DataMismatchException">An input is outside of the attack's range, the logits are not [N, K], or there is
    /// no label.</exception>
    public static RobustEvaluation Evaluate(
        nn.Module<Tensor, Tensor> model, ILabeledDataSource data, InputAttack attack, Device device, long seed = 0,
        int batchSize = 512)
    {
        ArgumentNullException.ThrowIfNull(attack);
        using var stream = new RandomStream(seed, "attack");
        long batch = 0;
        return EvaluationLoop.Run(
            model, indices => DataTransfer.To(data.ReadInputs(indices), device), data, device, batchSize, Observe, Result);

        void Observe(Tensor all, Tensor labels, EvaluationSums sums)
        {
            var known = Aten.ge(labels, 0).nonzero().flatten();
            if (known.size(0) == 0)
            {
                foreach (string name in (string[])["count", "clean", "robust", "moved", "length"])
                    sums.Add(name, zeros([], ScalarType.Float64, device));
                return;
            }

            Tensor input = all.index_select(0, known), label = labels.index_select(0, known);
            var draws = new DrawSampler(stream, batch++, input.dtype, device);
            var attacked = attack.Find(model, input, label, draws);
            Tensor clean = model.forward(input), predicted = model.forward(attacked).argmax(1);
            var right = clean.argmax(1).eq(label);
            var moved = right.logical_and(attack.Succeeds(predicted, label, clean)).to_type(ScalarType.Float64);
            sums.Add("count", Aten.full([], label.size(0), ScalarType.Float64, device));
            sums.Add("clean", right.sum());
            sums.Add("robust", right.logical_and(predicted.eq(label)).sum());
            sums.Add("moved", moved.sum());
            sums.Add("length", moved.mul(attack.Ball.Length(attacked.sub(input))).sum());
        }

        static RobustEvaluation Result(EvaluationSums sums)
        {
            double count = sums["count"], clean = sums["clean"], moved = sums["moved"];
            if (count == 0) throw new DataMismatchException("No sample has a label: there is nothing to attack.");
            return new RobustEvaluation(
                clean / count, sums["robust"] / count, clean == 0 ? 0 : moved / clean, moved == 0 ? 0 : sums["length"] / moved,
                (long)count);
        }
    }
}
