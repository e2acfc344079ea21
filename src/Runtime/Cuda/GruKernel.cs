using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a step of a gated recurrent unit does beside its matrix products, as <see cref="GruCells"/> computes it: one
/// kernel a step, in place of some eight.</summary>
internal static class GruKernel
{
    private static readonly CudaKernel s_forward = new("gru_forward", """
        // Sums to gates, in place, and h of one step; before is null in the first.
        extern "C" __global__ void gru_forward(
            float* gates, const float* memories, const float* before, float* states, long long size, long long count)
        {
            for (long long i = thread_index(); i < count; i += thread_count())
            {
                float* own = gates + i / size * 3 * size + i % size;
                float reset = sigmoid(own[0]), update = sigmoid(own[size]), state = before ? before[i] : 0.0f;
                float candidate = tanhf(own[2 * size] + reset * memories[i]);
                own[0] = reset;
                own[size] = update;
                own[2 * size] = candidate;
                states[i] = candidate + update * (state - candidate);
            }
        }
        """);

    private static readonly CudaKernel s_backward = new("gru_backward", """
        // The gradients of one step's sums, out of that of its h, whose part for the step before is left in carried.
        extern "C" __global__ void gru_backward(
            const float* gates, const float* memories, const float* before, const float* given, float* carried, float* of_input,
            float* of_state, long long size, long long count)
        {
            for (long long i = thread_index(); i < count; i += thread_count())
            {
                long long place = i / size * 3 * size + i % size;
                const float* own = gates + place;
                float reset = own[0], update = own[size], candidate = own[2 * size], state = before ? before[i] : 0.0f;
                float slope = given[i] + carried[i], to_candidate = slope * (1.0f - update) * (1.0f - candidate * candidate);
                of_input[place] = of_state[place] = to_candidate * memories[i] * reset * (1.0f - reset);
                of_input[place + size] = of_state[place + size] = slope * (state - candidate) * update * (1.0f - update);
                of_input[place + 2 * size] = to_candidate;
                of_state[place + 2 * size] = to_candidate * reset;
                carried[i] = slope * update;
            }
        }
        """);

    /// <summary>The steps from one on, each behind its products.</summary>
    /// <param name="gates">[T, N, 3H]: sums, which become gates.</param>
    /// <param name="states">h [T, N, H].</param>
    /// <param name="memories">U h + d of the block n, [T, N, H], written.</param>
    /// <param name="stateWeight">U [3H, H].</param>
    /// <param name="memoryBias">d [H].</param>
    /// <param name="reverse">Whether to start with the last element.</param>
    /// <param name="first">The step; those before it are there already.</param>
    /// <returns>Whether kernels were launched.</returns>
    public static bool TryForward(
        Tensor gates, Tensor states, Tensor memories, Tensor stateWeight, Tensor memoryBias, bool reverse, int first)
    {
        if (!KernelTensor.TryOf(gates, out var sums) || !KernelTensor.TryOf(states, out var h)
            || !KernelTensor.TryOf(memories, out var remembered)) return false;
        long size = h.Sizes[2], count = h.Sizes[1] * size;
        ulong bytes = (ulong)count * sizeof(float);
        using var transposed = stateWeight.t();
        using Tensor toGates = transposed.narrow(1, 0, 2 * size), toMemory = transposed.narrow(1, 2 * size, size);
        using RepeatedFactor gatesFactor = new(toGates), memoryFactor = new(toMemory);
        using var firstColumns = gates.narrow(2, 0, 2 * size);
        using Steps resetAndUpdate = new(firstColumns, reverse), state = new(states, reverse), memory = new(memories, reverse);
        for (int step = first; step < state.Count; step++)
        {
            if (step > 0)
            {
                gatesFactor.AddProduct(resetAndUpdate[step], state[step - 1]);
                memoryFactor.SetProduct(memory[step], memoryBias, state[step - 1]);
            }
            else
            {
                memory[0].copy_(memoryBias);
            }

            ulong place = bytes * (ulong)state.Place(step);
            ulong before = step > 0 ? h.Pointer + bytes * (ulong)state.Place(step - 1) : 0;
            s_forward.Launch(gates, count, sums.Pointer + 3 * place, remembered.Pointer + place, before, h.Pointer + place,
                (ulong)size, (ulong)count);
        }

        return true;
    }

    /// <summary>The gradients of the sums, from the last step to one.</summary>
    /// <param name="ofInput">That of W x + b, [T, N, 3H], written.</param>
    /// <param name="ofState">That of U h + d, [T, N, 3H], written.</param>
    /// <param name="gradient">Gradient of the states from that step on.</param>
    /// <param name="stateWeight">U [3H, H].</param>
    /// <param name="states">h [T, N, H].</param>
    /// <param name="gates">[T, N, 3H].</param>
    /// <param name="memories">[T, N, H].</param>
    /// <param name="reverse">As in the forward pass.</param>
    /// <param name="first">The step.</param>
    /// <returns>Whether kernels were launched.</returns>
    public static bool TryBackward(
        Tensor ofInput, Tensor ofState, Tensor gradient, Tensor stateWeight, Tensor states, Tensor gates, Tensor memories,
        bool reverse, int first)
    {
        if (!KernelTensor.TryOf(gates, out var own) || !KernelTensor.TryOf(states, out var h)
            || !KernelTensor.TryOf(memories, out var remembered) || !KernelTensor.TryOf(ofInput, out var inputs)
            || !KernelTensor.TryOf(ofState, out var sums)) return false;
        long samples = h.Sizes[1], size = h.Sizes[2], count = samples * size;
        ulong bytes = (ulong)count * sizeof(float);
        using var plain = gradient.contiguous();
        using var carried = states.new_zeros([samples, size]);
        using var factor = new RepeatedFactor(stateWeight);
        using Steps all = new(ofState, reverse), given = new(plain, reverse);
        for (int step = all.Count - 1; step >= first; step--)
        {
            if (step < all.Count - 1) factor.AddProduct(carried, all[step + 1]);
            ulong place = bytes * (ulong)all.Place(step), before = step > 0 ? h.Pointer + bytes * (ulong)all.Place(step - 1) : 0;
            s_backward.Launch(gates, count, own.Pointer + 3 * place, remembered.Pointer + place, before,
                CudaKernel.Pointer(given[step - first]), CudaKernel.Pointer(carried), inputs.Pointer + 3 * place,
                sums.Pointer + 3 * place, (ulong)size, (ulong)count);
        }

        GC.KeepAlive(memories);
        GC.KeepAlive(ofInput);
        return true;
    }
}
