using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a step of an LSTM does beside its matrix product, as <see cref="LstmCells"/> computes it: one kernel a step, in
/// place of some seven.</summary>
internal static class LstmKernel
{
    private static readonly CudaKernel s_forward = new("lstm_forward", """
        // Sums to gates, in place, and c, tanh(c) and h of one step; before is null in the first.
        extern "C" __global__ void lstm_forward(
            float* gates, const float* before, float* cells, float* squashed, float* states, long long size, long long count)
        {
            for (long long i = thread_index(); i < count; i += thread_count())
            {
                float* own = gates + i / size * 4 * size + i % size;
                float input = sigmoid(own[0]), forget = sigmoid(own[size]), candidate = tanhf(own[2 * size]);
                float output = sigmoid(own[3 * size]), cell = input * candidate;
                if (before) cell += forget * before[i];
                float squash = tanhf(cell);
                own[0] = input;
                own[size] = forget;
                own[2 * size] = candidate;
                own[3 * size] = output;
                cells[i] = cell;
                squashed[i] = squash;
                states[i] = output * squash;
            }
        }
        """);

    private static readonly CudaKernel s_backward = new("lstm_backward", """
        // The gradient of one step's sums, out of that of its h and of c, which becomes that of the step before.
        extern "C" __global__ void lstm_backward(
            const float* gates, const float* before, const float* squashed, const float* slopes, float* carried, float* sums,
            long long size, long long count)
        {
            for (long long i = thread_index(); i < count; i += thread_count())
            {
                long long place = i / size * 4 * size + i % size;
                const float* own = gates + place;
                float input = own[0], forget = own[size], candidate = own[2 * size], output = own[3 * size];
                float squash = squashed[i], slope = slopes[i];
                float cell = carried[i] + slope * output * (1.0f - squash * squash);
                sums[place] = cell * candidate * input * (1.0f - input);
                sums[place + size] = before ? cell * before[i] * forget * (1.0f - forget) : 0.0f;
                sums[place + 2 * size] = cell * input * (1.0f - candidate * candidate);
                sums[place + 3 * size] = slope * squash * output * (1.0f - output);
                carried[i] = cell * forget;
            }
        }
        """);

    /// <summary>The steps from one on, each behind its product.</summary>
    /// <param name="gates">[T, N, 4H]: sums, which become gates.</param>
    /// <param name="cells">c [T, N, H].</param>
    /// <param name="squashed">tanh(c) [T, N, H].</param>
    /// <param name="states">h [T, N, H].</param>
    /// <param name="transposed">Uᵀ [H, 4H].</param>
    /// <param name="reverse">Whether to start with the last element.</param>
    /// <param name="first">The step; those before it are there already.</param>
    /// <returns>Whether kernels were launched.</returns>
    public static bool TryForward(
        Tensor gates, Tensor cells, Tensor squashed, Tensor states, Tensor transposed, bool reverse, int first)
    {
        if (!KernelTensor.TryOf(gates, out var sums) || !KernelTensor.TryOf(cells, out var c)
            || !KernelTensor.TryOf(squashed, out var tanh) || !KernelTensor.TryOf(states, out var h)) return false;
        long size = c.Sizes[2], count = c.Sizes[1] * size;
        ulong bytes = (ulong)count * sizeof(float);
        using var factor = new RepeatedFactor(transposed);
        using Steps all = new(gates, reverse), state = new(states, reverse);
        for (int step = first; step < all.Count; step++)
        {
            if (step > 0) factor.AddProduct(all[step], state[step - 1]);
            ulong place = bytes * (ulong)all.Place(step), before = step > 0 ? c.Pointer + bytes * (ulong)all.Place(step - 1) : 0;
            s_forward.Launch(gates, count, sums.Pointer + 4 * place, before, c.Pointer + place, tanh.Pointer + place,
                h.Pointer + place, (ulong)size, (ulong)count);
        }

        GC.KeepAlive(cells);
        GC.KeepAlive(squashed);
        return true;
    }

    /// <summary>The gradients of the sums, from the last step to one.</summary>
    /// <param name="slopes">[T, N, 4H], written.</param>
    /// <param name="gradient">Gradient of the states from that step on.</param>
    /// <param name="stateWeight">U [4H, H].</param>
    /// <param name="gates">[T, N, 4H].</param>
    /// <param name="cells">c [T, N, H].</param>
    /// <param name="squashed">tanh(c) [T, N, H].</param>
    /// <param name="reverse">As in the forward pass.</param>
    /// <param name="first">The step.</param>
    /// <returns>Whether kernels were launched.</returns>
    public static bool TryBackward(
        Tensor slopes, Tensor gradient, Tensor stateWeight, Tensor gates, Tensor cells, Tensor squashed, bool reverse, int first)
    {
        if (!KernelTensor.TryOf(gates, out var own) || !KernelTensor.TryOf(cells, out var c)
            || !KernelTensor.TryOf(squashed, out var tanh) || !KernelTensor.TryOf(slopes, out var sums)) return false;
        long samples = c.Sizes[1], size = c.Sizes[2], count = samples * size;
        ulong bytes = (ulong)count * sizeof(float);
        using var plain = gradient.contiguous();
        using var ofState = cells.new_empty([samples, size]);
        using var ofCell = cells.new_zeros([samples, size]);
        using var factor = new RepeatedFactor(stateWeight);
        using Steps all = new(slopes, reverse), given = new(plain, reverse);
        for (int step = all.Count - 1; step >= first; step--)
        {
            var ofH = given[step - first];
            if (step < all.Count - 1) factor.SetProduct(ofH = ofState, given[step - first], all[step + 1]);
            ulong place = bytes * (ulong)all.Place(step), before = step > 0 ? c.Pointer + bytes * (ulong)all.Place(step - 1) : 0;
            s_backward.Launch(gates, count, own.Pointer + 4 * place, before, tanh.Pointer + place, CudaKernel.Pointer(ofH),
                CudaKernel.Pointer(ofCell), sums.Pointer + 4 * place, (ulong)size, (ulong)count);
        }

        GC.KeepAlive(squashed);
        return true;
    }
}
