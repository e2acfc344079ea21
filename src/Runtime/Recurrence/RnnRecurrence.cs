using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// One direction of a simple recurrent network over a sequence that starts from a zero state (Elman 1990):
/// h' = tanh(W x + U h + b), or with max(0, ·) in place of tanh.
/// </summary>
/// <remarks>Sequences are [T, N, ...]. Otherwise as <see cref="LstmRecurrence"/>.</remarks>
public static class RnnRecurrence
{
    /// <summary>All states in training, which is all that <see cref="Backward"/> needs. The caller frees them.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [H, D].</param>
    /// <param name="stateWeight">U [H, H].</param>
    /// <param name="bias">b [H], or null.</param>
    /// <param name="reverse">Whether to start with the last element.</param>
    /// <param name="rectified">max(0, ·) in place of tanh.</param>
    /// <param name="lengths">How long the sequences are, [N], where it shall stop with the longest; never in
    /// reverse.</param>
    /// <returns>h [T, N, H].</returns>
    public static Tensor Forward(Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, bool reverse, bool rectified,
        Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, input.size(0)) is var steps && steps < input.size(0))
        {
            using var own = input.narrow(0, 0, steps);
            return LongestSequence.Whole(Forward(own, inputWeight, stateWeight, bias, reverse, rectified), input.size(0));
        }

        var states = Aten.linear(input, inputWeight, bias);
        Run(states, stateWeight, reverse, rectified, 0);
        return states;
    }

    /// <summary>All states in training from a state that is given, and what <see cref="ContinueBackward"/> needs. The caller
    /// frees them.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [H, D].</param>
    /// <param name="stateWeight">U [H, H].</param>
    /// <param name="bias">b [H], or null.</param>
    /// <param name="carried">What it starts from, and then what it ends with; null for zeros.</param>
    /// <param name="slot">Where it is there.</param>
    /// <param name="rectified">max(0, ·) in place of tanh.</param>
    /// <returns>h [T, N, H], and h of T + 1 steps, the first of which is the state that it started from.</returns>
    public static (Tensor States, Tensor All) Continue(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, RecurrentStates? carried, int slot, bool rectified)
    {
        using var before = RecurrentStates.From(carried, slot, input, stateWeight.size(1));
        var all = Steps.Behind(Aten.linear(input, inputWeight, bias), before);
        Run(all, stateWeight, false, rectified, 1);
        Steps.End(all, carried, slot);
        using var own = all.narrow(0, 1, input.size(0));
        return (own.clone(), all);
    }

    /// <summary>The gradient of W x + U h + b for every step, through time to the state that was given. The caller frees
    /// it.</summary>
    /// <param name="gradient">Gradient of the states, [T, N, H].</param>
    /// <param name="stateWeight">U [H, H].</param>
    /// <param name="all">h [T + 1, N, H], as <see cref="Continue"/> returned them.</param>
    /// <param name="rectified">As in the forward pass.</param>
    /// <returns>[T, N, H].</returns>
    public static Tensor ContinueBackward(Tensor gradient, Tensor stateWeight, Tensor all, bool rectified)
    {
        // Behind the state that was given, its own steps are those of a sequence.
        using var own = all.narrow(0, 1, gradient.size(0));
        return Backward(gradient, stateWeight, own, false, rectified);
    }

    /// <summary>All states from a state that is given, in operations that autograd can follow; not through the one that was
    /// given.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [H, D].</param>
    /// <param name="stateWeight">U [H, H].</param>
    /// <param name="bias">b [H], or null.</param>
    /// <param name="carried">As of <see cref="Continue"/>.</param>
    /// <param name="slot">Likewise.</param>
    /// <param name="rectified">max(0, ·) in place of tanh.</param>
    /// <returns>h [T, N, H].</returns>
    public static Tensor Apply(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, RecurrentStates? carried, int slot, bool rectified)
    {
        using var scope = NewDisposeScope();

        // A copy: what is carried is written over while autograd still reads it.
        var before = RecurrentStates.From(carried, slot, input, stateWeight.size(1)).clone();
        var states = Unroll(input, inputWeight, stateWeight, bias, false, rectified, before);
        RecurrentStates.Keep(carried, slot, states[^1]);
        return stack(states, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of W x + U h + b for every step, through time. The caller frees it.</summary>
    /// <param name="gradient">Gradient of the states, [T, N, H].</param>
    /// <param name="stateWeight">U [H, H].</param>
    /// <param name="states">h [T, N, H], as <see cref="Forward"/> returned them.</param>
    /// <param name="reverse">As in the forward pass.</param>
    /// <param name="rectified">As in the forward pass.</param>
    /// <param name="lengths">As in the forward pass.</param>
    /// <returns>[T, N, H].</returns>
    public static Tensor Backward(
        Tensor gradient, Tensor stateWeight, Tensor states, bool reverse, bool rectified, Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, states.size(0)) is var steps && steps < states.size(0))
        {
            using Tensor g = gradient.narrow(0, 0, steps), own = states.narrow(0, 0, steps);
            return LongestSequence.Whole(Backward(g, stateWeight, own, reverse, rectified), states.size(0));
        }

        var sums = TensorMemory.Like(states);
        using var factor = new RepeatedFactor(stateWeight);
        using var given = new Steps(gradient, reverse);
        using var h = new Steps(states, reverse);
        using var all = new Steps(sums, reverse);
        int last = all.Count - 1;
        for (int step = last; step >= 0; step--)
        {
            var dh = given[last];
            if (step < last)
            {
                dh = all[step];
                factor.SetProduct(dh, given[step], all[step + 1]);
            }

            if (rectified) Aten.threshold_backward_out(all[step], dh, h[step], 0);
            else Aten.tanh_backward_out(all[step], dh, h[step]);
        }

        return sums;
    }

    /// <summary>All states, in operations that autograd can follow.</summary>
    /// <returns>h [T, N, H].</returns>
    public static Tensor Apply(Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, bool reverse, bool rectified,
        Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, input.size(0)) is var steps && steps < input.size(0))
        {
            using var own = input.narrow(0, 0, steps);
            return LongestSequence.Followed(Apply(own, inputWeight, stateWeight, bias, reverse, rectified), input.size(0));
        }

        using var scope = NewDisposeScope();
        return stack(Unroll(input, inputWeight, stateWeight, bias, reverse, rectified, null), 0).MoveToOuterDisposeScope();
    }

    private static void Run(Tensor states, Tensor stateWeight, bool reverse, bool rectified, int first)
    {
        using var transposed = stateWeight.t();
        using var factor = new RepeatedFactor(transposed);
        using var h = new Steps(states, reverse);
        for (int step = first; step < h.Count; step++)
        {
            if (step > 0) factor.AddProduct(h[step], h[step - 1]);
            if (rectified) h[step].relu_();
            else h[step].tanh_();
        }
    }

    private static Tensor[] Unroll(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, bool reverse, bool rectified, Tensor? state)
    {
        var transposed = stateWeight.t();
        var projected = Aten.linear(input, inputWeight, bias).unbind(0);
        var states = new Tensor[projected.Length];
        for (int step = 0; step < states.Length; step++)
        {
            // What a step leaves behind and autograd does not keep is freed at once: caches are small.
            using var temporaries = NewDisposeScope();
            int place = reverse ? states.Length - 1 - step : step;
            var sum = state is null ? projected[place] : projected[place].addmm(state, transposed);
            states[place] = state = (rectified ? sum.relu() : sum.tanh()).MoveToOuterDisposeScope();
        }

        return states;
    }

    /// <summary>The state [1, N, H] of one step, from the states that the step before has left in a cache. Nothing is kept for a
    /// derivative; the caller frees it.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="slot">Where in it.</param>
    /// <param name="input">[1, N, D].</param>
    /// <param name="inputWeight">W.</param>
    /// <param name="stateWeight">U.</param>
    /// <param name="bias">The sum of both biases, or null.</param>
    /// <param name="rectified">Whether the nonlinearity is max(0, ·).</param>
    public static Tensor Next(SequenceCache cache, int slot, Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias,
        bool rectified)
    {
        ArgumentNullException.ThrowIfNull(cache);
        using var scope = NewDisposeScope();
        var sum = Aten.linear(input.select(0, 0), inputWeight, bias);
        if (cache.States(slot) is { } before) sum = sum.addmm(before[0], stateWeight.t());
        var state = rectified ? sum.relu() : sum.tanh();
        var result = state.unsqueeze(0).clone();
        cache.Keep(slot, state);
        return result.MoveToOuterDisposeScope();
    }
}
