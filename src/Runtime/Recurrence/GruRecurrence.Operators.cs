using static TorchSharp.torch;

namespace Dsl.Runtime;

// The steps spelled in operators, for memory that loops of ours cannot go over.
public static partial class GruRecurrence
{
    private static void RunOperators(
        Tensor gates, Tensor states, Tensor memories, Tensor stateWeight, Tensor memoryBias, bool reverse, int first)
    {
        long size = stateWeight.size(1);
        using var blocks = gates.view([gates.size(0), gates.size(1), 3, size]);
        using var transposed = stateWeight.t();
        using var toGates = transposed.narrow(1, 0, 2 * size);
        using var toMemory = transposed.narrow(1, 2 * size, size);
        using RepeatedFactor gatesFactor = new(toGates), memoryFactor = new(toMemory);
        using var firstColumns = gates.narrow(2, 0, 2 * size);
        using var resetAndUpdate = new Steps(firstColumns, reverse);
        using var reset = Steps.OfGate(blocks, 0, reverse);
        using var update = Steps.OfGate(blocks, 1, reverse);
        using var candidate = Steps.OfGate(blocks, 2, reverse);
        using var h = new Steps(states, reverse);
        using var memory = new Steps(memories, reverse);
        for (int step = first; step < h.Count; step++)
        {
            if (step > 0)
            {
                gatesFactor.AddProduct(resetAndUpdate[step], h[step - 1]);
                memoryFactor.SetProduct(memory[step], memoryBias, h[step - 1]);
            }
            else
            {
                memory[0].copy_(memoryBias);
            }

            resetAndUpdate[step].sigmoid_();
            Aten.addcmul_(candidate[step], reset[step], memory[step]);
            candidate[step].tanh_();

            // h' = n + z∘(h − n), which for h = 0 is n − z∘n.
            if (step > 0) h[step].copy_(h[step - 1]).sub_(candidate[step]);
            else Aten.neg_out(h[0], candidate[0]);
            h[step].mul_(update[step]);
            Aten.add_(h[step], candidate[step]);
        }
    }

    private static void RunOperatorsBackward(
        Tensor ofInput, Tensor ofState, Tensor gradient, Tensor stateWeight, Tensor states, Tensor gates, Tensor memories,
        bool reverse, int first)
    {
        long length = states.size(0), samples = states.size(1), size = states.size(2);
        using var blocks = gates.view([length, samples, 3, size]);

        // First the derivatives of each state by the sums; the loop multiplies them by dh in place.
        using var inputBlocks = ofInput.view([length, samples, 3, size]);
        using var stateBlocks = ofState.view([length, samples, 3, size]);
        FillSlopes(inputBlocks, stateBlocks, blocks, states, memories, reverse);

        using var factor = new RepeatedFactor(stateWeight);
        using var stateGradient = TensorMemory.Like(states, samples, size);
        using var ofGates = stateGradient.unsqueeze(1);
        using var given = new Steps(gradient, reverse);
        using var all = new Steps(ofState, reverse);
        using var allBlocks = new Steps(stateBlocks, reverse);
        using var candidate = Steps.OfGate(inputBlocks, 2, reverse);
        using var update = Steps.OfGate(blocks, 1, reverse);
        int last = all.Count - 1;
        for (int step = last; step >= first; step--)
        {
            if (step == last)
            {
                stateGradient.copy_(given[step - first]);
            }
            else
            {
                stateGradient.mul_(update[step + 1]);
                Aten.add_(stateGradient, given[step - first]);
                factor.AddProduct(stateGradient, all[step + 1]);
            }

            allBlocks[step].mul_(ofGates);
            candidate[step].mul_(stateGradient);
        }

        using var inputGates = inputBlocks.narrow(2, 0, 2);
        using var stateGates = stateBlocks.narrow(2, 0, 2);
        inputGates.copy_(stateGates);
    }

    private static void FillSlopes(Tensor ofInput, Tensor ofState, Tensor gates, Tensor states, Tensor memories, bool reverse)
    {
        using var reset = gates.select(2, 0);
        using var update = gates.select(2, 1);
        using var candidate = gates.select(2, 2);
        using var toReset = ofState.select(2, 0);
        using var toUpdate = ofState.select(2, 1);
        using var toMemory = ofState.select(2, 2);
        using var toCandidate = ofInput.select(2, 2);

        // n: (1 − z)(1 − n²)
        using var kept = update.neg();
        Aten.add_(kept, 1);
        Aten.tanh_backward_out(toCandidate, kept, candidate);

        // z: (h − n)·z(1 − z); h of the first step is zero
        long others = states.size(0) - 1, first = reverse ? others : 0, start = reverse ? 0 : 1;
        using var difference = candidate.neg();
        using var later = difference.narrow(0, start, others);
        using var before = states.narrow(0, 1 - start, others);
        Aten.add_(later, before);
        Aten.sigmoid_backward_out(toUpdate, difference, update);

        // r: through n, times U h + d; and the block n of U h + d itself
        Aten.mul_out(difference, toCandidate, memories);
        Aten.sigmoid_backward_out(toReset, difference, reset);
        Aten.mul_out(toMemory, toCandidate, reset);
    }
}
