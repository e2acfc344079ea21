using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// One direction of gated recurrent units over a sequence that starts from a zero state (Cho et al. 2014, arXiv 1406.1078, in the
/// form of PyTorch and cuDNN): r, z = σ(W x + b + U h + d), n = tanh(W x + b + r∘(U h + d)), h' = (1 − z)∘n + z∘h.
/// </summary>
/// <remarks>Sequences are [T, N, ...]; the gates' blocks stand in PyTorch's order r, z, n. Otherwise as
/// <see cref="LstmRecurrence"/>.</remarks>
public static partial class GruRecurrence
{
    /// <summary>All states in training, and what <see cref="Backward"/> needs. The caller frees them.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [3H, D].</param>
    /// <param name="stateWeight">U [3H, H].</param>
    /// <param name="inputBias">b [3H], or null; then the other is null too.</param>
    /// <param name="stateBias">d [3H].</param>
    /// <param name="reverse">Whether to start with the last element.</param>
    /// <param name="lengths">How long the sequences are, [N], where it shall stop with the longest; never in
    /// reverse.</param>
    /// <returns>h [T, N, H], the gates after their nonlinearities [T, N, 3H], and U h + d of the block n [T, N, H].</returns>
    public static (Tensor States, Tensor Gates, Tensor Memory) Forward(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? inputBias, Tensor? stateBias, bool reverse,
        Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, input.size(0)) is var steps && steps < input.size(0))
        {
            using var own = input.narrow(0, 0, steps);
            var (found, all, kept) = Forward(own, inputWeight, stateWeight, inputBias, stateBias, reverse);
            return (Whole(found), Whole(all), Whole(kept));
        }

        long length = input.size(0), samples = input.size(1), size = stateWeight.size(1);
        var (bias, memoryBias) = Biases(inputBias, stateBias, input, size);
        var gates = Aten.linear(input, inputWeight, bias);
        var states = TensorMemory.Like(input, length, samples, size);
        var memories = TensorMemory.Like(input, length, samples, size);
        Run(gates, states, memories, stateWeight, memoryBias, reverse, 0);
        bias?.Free();
        memoryBias.Free();
        return (states, gates, memories);

        Tensor Whole(Tensor computed) => LongestSequence.Whole(computed, input.size(0));
    }

    /// <summary>All states in training from a state that is given, and what <see cref="ContinueBackward"/> needs. The caller
    /// frees them.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [3H, D].</param>
    /// <param name="stateWeight">U [3H, H].</param>
    /// <param name="inputBias">b [3H], or null; then the other is null too.</param>
    /// <param name="stateBias">d [3H].</param>
    /// <param name="carried">What it starts from, and then what it ends with; null for zeros.</param>
    /// <param name="slot">Where it is there.</param>
    /// <returns>h [T, N, H]; then h, the gates and U h + d of the block n of T + 1 steps, the first of which is the state that it
    /// started from.</returns>
    public static (Tensor States, Tensor All, Tensor Gates, Tensor Memory) Continue(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? inputBias, Tensor? stateBias, RecurrentStates? carried,
        int slot)
    {
        long length = input.size(0), samples = input.size(1), size = stateWeight.size(1);
        var (bias, memoryBias) = Biases(inputBias, stateBias, input, size);
        var gates = Steps.Behind(Aten.linear(input, inputWeight, bias), null);
        var states = TensorMemory.Like(input, length + 1, samples, size);
        var memories = TensorMemory.Like(input, length + 1, samples, size);
        Steps.Begin(states, carried, slot, input);
        using (var first = memories.select(0, 0)) first.zero_();
        Run(gates, states, memories, stateWeight, memoryBias, false, 1);
        bias?.Free();
        memoryBias.Free();
        Steps.End(states, carried, slot);
        using var own = states.narrow(0, 1, length);
        return (own.clone(), states, gates, memories);
    }

    /// <summary>The gradients of both sums of every step, through time to the state that was given. The caller frees
    /// them.</summary>
    /// <param name="gradient">Gradient of the states, [T, N, H].</param>
    /// <param name="stateWeight">U [3H, H].</param>
    /// <param name="all">h [T + 1, N, H], as <see cref="Continue"/> returned them.</param>
    /// <param name="gates">[T + 1, N, 3H].</param>
    /// <param name="memories">[T + 1, N, H].</param>
    /// <returns>The gradients of W x + b and of U h + d, [T, N, 3H] each.</returns>
    public static (Tensor OfInput, Tensor OfState) ContinueBackward(
        Tensor gradient, Tensor stateWeight, Tensor all, Tensor gates, Tensor memories)
    {
        var (ofInput, ofState) = RunBackward(gradient, stateWeight, all, gates, memories, false, 1);
        using (ofInput)
        using (ofState)
            return (ofInput.narrow(0, 1, gradient.size(0)), ofState.narrow(0, 1, gradient.size(0)));
    }

    /// <summary>All states from a state that is given, in operations that autograd can follow; not through the one that was
    /// given.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [3H, D].</param>
    /// <param name="stateWeight">U [3H, H].</param>
    /// <param name="inputBias">b [3H], or null.</param>
    /// <param name="stateBias">d [3H].</param>
    /// <param name="carried">As of <see cref="Continue"/>.</param>
    /// <param name="slot">Likewise.</param>
    /// <returns>h [T, N, H].</returns>
    public static Tensor Apply(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? inputBias, Tensor? stateBias, RecurrentStates? carried,
        int slot)
    {
        using var scope = NewDisposeScope();

        // A copy: what is carried is written over while autograd still reads it.
        var before = RecurrentStates.From(carried, slot, input, stateWeight.size(1)).clone();
        var states = Unroll(input, inputWeight, stateWeight, inputBias, stateBias, false, before);
        RecurrentStates.Keep(carried, slot, states[^1]);
        return stack(states, 0).MoveToOuterDisposeScope();
    }

    // From the step `first` on: the ones before it are there already.
    private static void Run(
        Tensor gates, Tensor states, Tensor memories, Tensor stateWeight, Tensor memoryBias, bool reverse, int first)
    {
        if (GruKernel.TryForward(gates, states, memories, stateWeight, memoryBias, reverse, first)) return;
        if (LstmCells.Fit(gates, states, memories)) RunLoops(gates, states, memories, stateWeight, memoryBias, reverse, first);
        else RunOperators(gates, states, memories, stateWeight, memoryBias, reverse, first);
    }

    private static void RunLoops(
        Tensor gates, Tensor states, Tensor memories, Tensor stateWeight, Tensor memoryBias, bool reverse, int first)
    {
        long size = stateWeight.size(1);
        var loops = new GruCells(gates, memories, states);
        Tensor transposed = Aten.t(stateWeight), resetAndUpdate = Aten.narrow(gates, 2, 0, 2 * size);
        Tensor toGates = Aten.narrow(transposed, 1, 0, 2 * size), toMemory = Aten.narrow(transposed, 1, 2 * size, size);
        RunLoops(loops, states, memories, memoryBias, reverse, first, toGates, toMemory, resetAndUpdate);
        toGates.Free();
        toMemory.Free();
        transposed.Free();
        resetAndUpdate.Free();
    }

    private static void RunLoops(
        GruCells loops, Tensor states, Tensor memories, Tensor memoryBias, bool reverse, int first, Tensor toGates,
        Tensor toMemory, Tensor resetAndUpdate)
    {
        using RepeatedFactor gatesFactor = new(toGates), memoryFactor = new(toMemory);
        using var gatesProduct = new StepProduct(resetAndUpdate, states, gatesFactor, reverse);
        using var memoryProduct = new StepProduct(memories, states, memoryFactor, reverse);
        int count = checked((int)states.size(0));
        var own = Aten.narrow(memories, 0, first, count - first);
        Aten.copy_(own, memoryBias);
        own.Free();
        if (gatesProduct.TryRows(out var gatesRows) && memoryProduct.TryRows(out var memoryRows))
        {
            new RowRecurrence<GruCells, GruCells.CellGradients>
            {
                Cells = loops, Product = gatesRows, Second = memoryRows, HasSecond = true, First = first, Count = count,
                IsReverse = reverse,
            }.Forward(states.size(1));
            return;
        }

        for (int step = first; step < count; step++)
        {
            if (step > 0)
            {
                gatesProduct.Add(step, step - 1);
                memoryProduct.Add(step, step - 1);
            }

            loops.Forward(Place(step), step > 0 ? Place(step - 1) : -1);
        }

        int Place(int step) => reverse ? count - 1 - step : step;
    }

    /// <summary>The gradients of both sums of every step, through time. The caller frees them.</summary>
    /// <param name="gradient">Gradient of the states, [T, N, H].</param>
    /// <param name="stateWeight">U [3H, H].</param>
    /// <param name="states">h [T, N, H], as <see cref="Forward"/> returned them.</param>
    /// <param name="gates">[T, N, 3H].</param>
    /// <param name="memories">[T, N, H].</param>
    /// <param name="reverse">As in the forward pass.</param>
    /// <param name="lengths">As in the forward pass.</param>
    /// <returns>The gradients of W x + b and of U h + d, [T, N, 3H] each; they differ in the block n.</returns>
    public static (Tensor OfInput, Tensor OfState) Backward(
        Tensor gradient, Tensor stateWeight, Tensor states, Tensor gates, Tensor memories, bool reverse, Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, gates.size(0)) is var steps && steps < gates.size(0))
        {
            using Tensor g = gradient.narrow(0, 0, steps), h = states.narrow(0, 0, steps), own = gates.narrow(0, 0, steps),
                kept = memories.narrow(0, 0, steps);
            var (toInput, toState) = Backward(g, stateWeight, h, own, kept, reverse);
            return (LongestSequence.Whole(toInput, gates.size(0)), LongestSequence.Whole(toState, gates.size(0)));
        }

        return RunBackward(gradient, stateWeight, states, gates, memories, reverse, 0);
    }

    private static (Tensor OfInput, Tensor OfState) RunBackward(
        Tensor gradient, Tensor stateWeight, Tensor states, Tensor gates, Tensor memories, bool reverse, int first)
    {
        var ofInput = TensorMemory.Like(gates);
        var ofState = TensorMemory.Like(gates);
        if (GruKernel.TryBackward(ofInput, ofState, gradient, stateWeight, states, gates, memories, reverse, first))
            return (ofInput, ofState);
        if (LstmCells.Fit(gates, states, memories, ofInput, ofState))
            RunLoopsBackward(ofInput, ofState, gradient, stateWeight, states, gates, memories, reverse, first);
        else RunOperatorsBackward(ofInput, ofState, gradient, stateWeight, states, gates, memories, reverse, first);
        return (ofInput, ofState);
    }

    private static void RunLoopsBackward(
        Tensor ofInput, Tensor ofState, Tensor gradient, Tensor stateWeight, Tensor states, Tensor gates, Tensor memories,
        bool reverse, int first)
    {
        var loops = new GruCells(gates, memories, states);
        var given = Aten.contiguous(gradient);
        var carried = TensorMemory.Like(states, 1, states.size(1), states.size(2));
        Aten.zero_(carried);
        using (var factor = new RepeatedFactor(stateWeight))
        using (var product = new StepProduct(carried, ofState, factor, reverse))
        {
            int count = checked((int)states.size(0));
            if (product.TryRows(out var rows))
            {
                new RowRecurrence<GruCells, GruCells.CellGradients>
                {
                    Cells = loops, Gradients = GruCells.Gradients(given, carried, ofInput, ofState), Product = rows,
                    First = first, Count = count, IsReverse = reverse,
                }.Backward(states.size(1));
            }
            else
            {
                for (int step = count - 1; step >= first; step--)
                {
                    if (step < count - 1) product.Add(0, step + 1);
                    int place = Place(step, count);
                    loops.Backward(place, step > 0 ? Place(step - 1, count) : -1, given, Place(step - first, count - first),
                        carried, ofInput, ofState);
                }
            }
        }

        carried.Free();
        given.Free();

        int Place(int step, int steps) => reverse ? steps - 1 - step : step;
    }

    /// <summary>All states, in operations that autograd can follow.</summary>
    /// <returns>h [T, N, H].</returns>
    public static Tensor Apply(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? inputBias, Tensor? stateBias, bool reverse,
        Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, input.size(0)) is var steps && steps < input.size(0))
        {
            using var own = input.narrow(0, 0, steps);
            return LongestSequence.Followed(
                Apply(own, inputWeight, stateWeight, inputBias, stateBias, reverse), input.size(0));
        }

        using var scope = NewDisposeScope();
        var zero = zeros([input.shape[1], stateWeight.shape[1]], input.dtype, input.device);
        return stack(Unroll(input, inputWeight, stateWeight, inputBias, stateBias, reverse, zero), 0).MoveToOuterDisposeScope();
    }

    private static Tensor[] Unroll(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? inputBias, Tensor? stateBias, bool reverse, Tensor state)
    {
        var projected = Aten.linear(input, inputWeight, inputBias).unbind(0);
        var states = new Tensor[projected.Length];
        for (int step = 0; step < states.Length; step++)
        {
            // What a step leaves behind and autograd does not keep is freed at once: caches are small.
            using var temporaries = NewDisposeScope();
            int place = reverse ? states.Length - 1 - step : step;
            var ofInput = projected[place].chunk(3, 1);
            var ofState = Aten.linear(state, stateWeight, stateBias).chunk(3, 1);
            var reset = Aten.add(ofInput[0], ofState[0]).sigmoid();
            var update = Aten.add(ofInput[1], ofState[1]).sigmoid();
            var candidate = Aten.add(ofInput[2], reset * ofState[2]).tanh();
            states[place] = state = Aten.add(candidate, update * (state - candidate)).MoveToOuterDisposeScope();
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
    /// <param name="inputBias">b, or null; then the other is null too.</param>
    /// <param name="stateBias">d.</param>
    public static Tensor Next(
        SequenceCache cache, int slot, Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? inputBias, Tensor? stateBias)
    {
        ArgumentNullException.ThrowIfNull(cache);
        using var scope = NewDisposeScope();
        var before = cache.States(slot)?[0] ?? zeros([input.shape[1], stateWeight.shape[1]], input.dtype, input.device);
        var ofInput = Aten.linear(input.select(0, 0), inputWeight, inputBias).chunk(3, 1);
        var ofState = Aten.linear(before, stateWeight, stateBias).chunk(3, 1);
        var reset = Aten.add(ofInput[0], ofState[0]).sigmoid();
        var update = Aten.add(ofInput[1], ofState[1]).sigmoid();
        var candidate = Aten.add(ofInput[2], reset * ofState[2]).tanh();
        var state = Aten.add(candidate, update * (before - candidate));
        var result = state.unsqueeze(0).clone();
        cache.Keep(slot, state);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>b + d where they are added, of the block n, where r stands between them, b alone; and d of that block.</summary>
    private static (Tensor? Joined, Tensor OfMemory) Biases(Tensor? inputBias, Tensor? stateBias, Tensor input, long size)
    {
        if (inputBias is null || stateBias is null) return (null, input.new_zeros([size]));
        Tensor ofGates = Aten.narrow(stateBias, 0, 0, 2 * size), ofMemory = Aten.narrow(stateBias, 0, 2 * size, size);
        var padded = Aten.pad(ofGates, 0, size);
        ofGates.Free();
        var joined = Aten.add_(padded, inputBias);
        return (joined, ofMemory);
    }
}
