using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// One direction of a long short-term memory over a sequence that starts from zero states (Hochreiter and Schmidhuber 1997, with
/// the forget gate of Gers et al. 2000): i, f, o = σ(W x + U h + b), g = tanh(W x + U h + b), c' = f∘c + i∘g, h' = o∘tanh(c').
/// </summary>
/// <remarks>
/// Sequences are [T, N, ...]; the gates' blocks stand in PyTorch's order i, f, g, o. The projection of all inputs is one matrix
/// product, and so are, outside of here, the gradients of the weights: only U h and its transpose are left to each step.
/// </remarks>
public static class LstmRecurrence
{
    /// <summary>All states in training, and what <see cref="Backward"/> needs. The caller frees them.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [4H, D].</param>
    /// <param name="stateWeight">U [4H, H].</param>
    /// <param name="bias">b [4H], or null.</param>
    /// <param name="reverse">Whether to start with the last element.</param>
    /// <param name="lengths">How long the sequences are, [N], where it shall stop with the longest; never in
    /// reverse.</param>
    /// <returns>h [T, N, H], the gates after their nonlinearities [T, N, 4H], c and tanh(c) [T, N, H].</returns>
    public static (Tensor States, Tensor Gates, Tensor Cells, Tensor Squashed) Forward(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, bool reverse, Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, input.size(0)) is var steps && steps < input.size(0))
        {
            using var own = input.narrow(0, 0, steps);
            var (h, all, c, tanh) = Forward(own, inputWeight, stateWeight, bias, reverse);
            return (Whole(h), Whole(all), Whole(c), Whole(tanh));
        }

        long length = input.size(0), samples = input.size(1), size = stateWeight.size(1);
        var gates = Aten.linear(input, inputWeight, bias);
        var states = TensorMemory.Like(input, length, samples, size);
        var cells = TensorMemory.Like(input, length, samples, size);
        var squashed = TensorMemory.Like(input, length, samples, size);
        var transposed = Aten.t(stateWeight);
        Run(gates, cells, squashed, states, transposed, reverse, 0);
        transposed.Free();
        return (states, gates, cells, squashed);

        Tensor Whole(Tensor computed) => LongestSequence.Whole(computed, input.size(0));
    }

    /// <summary>All states in training from states that are given, and what <see cref="ContinueBackward"/> needs. The caller
    /// frees them.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [4H, D].</param>
    /// <param name="stateWeight">U [4H, H].</param>
    /// <param name="bias">b [4H], or null.</param>
    /// <param name="carried">What it starts from, and then what it ends with; null for zeros.</param>
    /// <param name="slot">Where h is there; c follows it.</param>
    /// <returns>h [T, N, H]; then h, the gates, c and tanh(c) of T + 1 steps, the first of which is the state that it started
    /// from.</returns>
    public static (Tensor States, Tensor All, Tensor Gates, Tensor Cells, Tensor Squashed) Continue(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, RecurrentStates? carried, int slot)
    {
        long length = input.size(0), samples = input.size(1), size = stateWeight.size(1);
        var gates = Steps.Behind(Aten.linear(input, inputWeight, bias), null);
        var states = TensorMemory.Like(input, length + 1, samples, size);
        var cells = TensorMemory.Like(input, length + 1, samples, size);
        var squashed = TensorMemory.Like(input, length + 1, samples, size);
        Steps.Begin(states, carried, slot, input);
        Steps.Begin(cells, carried, slot + 1, input);
        using (var first = squashed.select(0, 0)) first.zero_();
        var transposed = Aten.t(stateWeight);
        Run(gates, cells, squashed, states, transposed, false, 1);
        transposed.Free();
        Steps.End(states, carried, slot);
        Steps.End(cells, carried, slot + 1);
        using var own = states.narrow(0, 1, length);
        return (own.clone(), states, gates, cells, squashed);
    }

    /// <summary>The gradient of W x + U h + b for every step, through time to the state that was given. The caller frees
    /// it.</summary>
    /// <param name="gradient">Gradient of the states, [T, N, H].</param>
    /// <param name="stateWeight">U [4H, H].</param>
    /// <param name="gates">[T + 1, N, 4H], as <see cref="Continue"/> returned them.</param>
    /// <param name="cells">c [T + 1, N, H].</param>
    /// <param name="squashed">tanh(c) [T + 1, N, H].</param>
    /// <returns>[T, N, 4H].</returns>
    public static Tensor ContinueBackward(
        Tensor gradient, Tensor stateWeight, Tensor gates, Tensor cells, Tensor squashed)
    {
        using var sums = TensorMemory.Like(gates);
        RunBackward(sums, gradient, stateWeight, gates, cells, squashed, false, 1);
        return sums.narrow(0, 1, gradient.size(0));
    }

    /// <summary>All states from states that are given, in operations that autograd can follow; not through those that were
    /// given.</summary>
    /// <param name="input">[T, N, D].</param>
    /// <param name="inputWeight">W [4H, D].</param>
    /// <param name="stateWeight">U [4H, H].</param>
    /// <param name="bias">b [4H], or null.</param>
    /// <param name="carried">As of <see cref="Continue"/>.</param>
    /// <param name="slot">Likewise.</param>
    /// <returns>h [T, N, H].</returns>
    public static Tensor Apply(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, RecurrentStates? carried, int slot)
    {
        using var scope = NewDisposeScope();

        // Copies: what is carried is written over while autograd still reads them.
        long size = stateWeight.size(1);
        Tensor state = RecurrentStates.From(carried, slot, input, size).clone();
        Tensor cell = RecurrentStates.From(carried, slot + 1, input, size).clone();
        var (states, end) = Unroll(input, inputWeight, stateWeight, bias, false, state, cell);
        RecurrentStates.Keep(carried, slot, states[^1]);
        RecurrentStates.Keep(carried, slot + 1, end);
        return stack(states, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of W x + U h + b for every step, through time. The caller frees it.</summary>
    /// <param name="gradient">Gradient of the states, [T, N, H].</param>
    /// <param name="stateWeight">U [4H, H].</param>
    /// <param name="gates">[T, N, 4H], as <see cref="Forward"/> returned them.</param>
    /// <param name="cells">c [T, N, H].</param>
    /// <param name="squashed">tanh(c) [T, N, H].</param>
    /// <param name="reverse">As in the forward pass.</param>
    /// <param name="lengths">As in the forward pass.</param>
    /// <returns>[T, N, 4H].</returns>
    public static Tensor Backward(Tensor gradient, Tensor stateWeight, Tensor gates, Tensor cells, Tensor squashed, bool reverse,
        Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, gates.size(0)) is var steps && steps < gates.size(0))
        {
            using Tensor g = gradient.narrow(0, 0, steps), all = gates.narrow(0, 0, steps), c = cells.narrow(0, 0, steps),
                tanh = squashed.narrow(0, 0, steps);
            return LongestSequence.Whole(Backward(g, stateWeight, all, c, tanh, reverse), gates.size(0));
        }

        var sums = TensorMemory.Like(gates);
        RunBackward(sums, gradient, stateWeight, gates, cells, squashed, reverse, 0);
        return sums;
    }

    /// <summary>All states, in operations that autograd can follow.</summary>
    /// <returns>h [T, N, H].</returns>
    public static Tensor Apply(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, bool reverse, Tensor? lengths = null)
    {
        if (LongestSequence.Steps(lengths, input.size(0)) is var steps && steps < input.size(0))
        {
            using var own = input.narrow(0, 0, steps);
            return LongestSequence.Followed(Apply(own, inputWeight, stateWeight, bias, reverse), input.size(0));
        }

        using var scope = NewDisposeScope();
        return stack(Unroll(input, inputWeight, stateWeight, bias, reverse, null, null).States, 0).MoveToOuterDisposeScope();
    }

    private static (Tensor[] States, Tensor Cell) Unroll(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias, bool reverse, Tensor? state, Tensor? cell)
    {
        var transposed = stateWeight.t();
        var projected = Aten.linear(input, inputWeight, bias).unbind(0);
        var states = new Tensor[projected.Length];
        for (int step = 0; step < states.Length; step++)
        {
            // What a step leaves behind and autograd does not keep is freed at once: caches are small.
            using var temporaries = NewDisposeScope();
            int place = reverse ? states.Length - 1 - step : step;
            var gates = (state is null ? projected[place] : projected[place].addmm(state, transposed)).chunk(4, 1);
            var written = gates[0].sigmoid() * gates[2].tanh();
            cell = (cell is null ? written : Aten.add(gates[1].sigmoid() * cell, written)).MoveToOuterDisposeScope();
            states[place] = state = (gates[3].sigmoid() * cell.tanh()).MoveToOuterDisposeScope();
        }

        return (states, cell!);
    }

    /// <summary>The state [1, N, H] of one step, from the states that the step before has left in a cache. Nothing is kept for a
    /// derivative; the caller frees it.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="slot">Where in it.</param>
    /// <param name="input">[1, N, D].</param>
    /// <param name="inputWeight">W.</param>
    /// <param name="stateWeight">U.</param>
    /// <param name="bias">The sum of both biases, or null.</param>
    public static Tensor Next(
        SequenceCache cache, int slot, Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(cache);
        using var scope = NewDisposeScope();
        var before = cache.States(slot);
        var gates = Aten.linear(input.select(0, 0), inputWeight, bias);
        if (before is not null) gates = gates.addmm(before[0], stateWeight.t());
        var parts = gates.chunk(4, 1);
        var cell = parts[0].sigmoid() * parts[2].tanh();
        if (before is not null) cell = Aten.add(parts[1].sigmoid() * before[1], cell);
        var state = parts[3].sigmoid() * cell.tanh();
        var result = state.unsqueeze(0).clone();
        cache.Keep(slot, state, cell);
        return result.MoveToOuterDisposeScope();
    }

    // From the step `first` on: the ones before it are there already.
    private static void Run(
        Tensor gates, Tensor cells, Tensor squashed, Tensor states, Tensor transposed, bool reverse, int first)
    {
        if (LstmKernel.TryForward(gates, cells, squashed, states, transposed, reverse, first)) return;
        if (LstmCells.Fit(gates, cells, squashed, states)) RunLoops(gates, cells, squashed, states, transposed, reverse, first);
        else RunOperators(gates, cells, squashed, states, transposed, reverse, first);
    }

    private static void RunBackward(
        Tensor sums, Tensor gradient, Tensor stateWeight, Tensor gates, Tensor cells, Tensor squashed, bool reverse, int first)
    {
        if (LstmKernel.TryBackward(sums, gradient, stateWeight, gates, cells, squashed, reverse, first)) return;
        if (LstmCells.Fit(gates, cells, squashed, sums))
            RunLoopsBackward(sums, gradient, stateWeight, gates, cells, squashed, reverse, first);
        else RunOperatorsBackward(sums, gradient, stateWeight, gates, cells, squashed, reverse, first);
    }

    private static void RunLoops(
        Tensor gates, Tensor cells, Tensor squashed, Tensor states, Tensor transposed, bool reverse, int first)
    {
        var loops = new LstmCells(gates, cells, squashed, states);
        using var factor = new RepeatedFactor(transposed);
        using var product = new StepProduct(gates, states, factor, reverse);
        int count = checked((int)cells.size(0));
        if (product.TryRows(out var rows))
        {
            new RowRecurrence<LstmCells, LstmCells.CellGradients>
            {
                Cells = loops, Product = rows, First = first, Count = count, IsReverse = reverse,
            }.Forward(cells.size(1));
            return;
        }

        for (int step = first; step < count; step++)
        {
            if (step > 0) product.Add(step, step - 1);
            loops.Forward(Place(step), step > 0 ? Place(step - 1) : -1);
        }

        int Place(int step) => reverse ? count - 1 - step : step;
    }

    private static void RunOperators(
        Tensor gates, Tensor cells, Tensor squashed, Tensor states, Tensor transposed, bool reverse, int first)
    {
        using var factor = new RepeatedFactor(transposed);
        using var blocks = gates.view([gates.size(0), gates.size(1), 4, cells.size(2)]);
        using var all = new Steps(gates, reverse);
        using var inputAndForget = Steps.OfGates(blocks, 0, 2, reverse);
        using var inputGate = Steps.OfGate(blocks, 0, reverse);
        using var forgetGate = Steps.OfGate(blocks, 1, reverse);
        using var candidate = Steps.OfGate(blocks, 2, reverse);
        using var outputGate = Steps.OfGate(blocks, 3, reverse);
        using var h = new Steps(states, reverse);
        using var c = new Steps(cells, reverse);
        using var tanh = new Steps(squashed, reverse);
        for (int step = first; step < all.Count; step++)
        {
            if (step > 0) factor.AddProduct(all[step], h[step - 1]);
            inputAndForget[step].sigmoid_();
            candidate[step].tanh_();
            outputGate[step].sigmoid_();
            if (step == 0)
            {
                Aten.mul_out(c[0], inputGate[0], candidate[0]);
            }
            else
            {
                Aten.mul_out(c[step], forgetGate[step], c[step - 1]);
                Aten.addcmul_(c[step], inputGate[step], candidate[step]);
            }

            Aten.tanh_out(tanh[step], c[step]);
            Aten.mul_out(h[step], outputGate[step], tanh[step]);
        }
    }

    private static void RunLoopsBackward(
        Tensor sums, Tensor gradient, Tensor stateWeight, Tensor gates, Tensor cells, Tensor squashed, bool reverse,
        int first)
    {
        var loops = new LstmCells(gates, cells, squashed, sums);
        var given = Aten.contiguous(gradient);
        var stateGradient = TensorMemory.Like(cells, 1, cells.size(1), cells.size(2));
        var cellGradient = TensorMemory.Like(cells, cells.size(1), cells.size(2));
        Aten.zero_(stateGradient);
        Aten.zero_(cellGradient);
        using (var factor = new RepeatedFactor(stateWeight))
        using (var product = new StepProduct(stateGradient, sums, factor, reverse))
        {
            int count = checked((int)cells.size(0));
            if (product.TryRows(out var rows))
            {
                new RowRecurrence<LstmCells, LstmCells.CellGradients>
                {
                    Cells = loops, Gradients = LstmCells.Gradients(given, stateGradient, cellGradient), Product = rows,
                    First = first, Count = count, IsReverse = reverse,
                }.Backward(cells.size(1));
            }
            else
            {
                for (int step = count - 1; step >= first; step--)
                {
                    if (step < count - 1) product.Add(0, step + 1);
                    int place = Place(step, count);
                    loops.Backward(place, step > 0 ? Place(step - 1, count) : -1, given, Place(step - first, count - first),
                        stateGradient, cellGradient);
                }
            }
        }

        stateGradient.Free();
        cellGradient.Free();
        given.Free();

        int Place(int step, int steps) => reverse ? steps - 1 - step : step;
    }

    private static void RunOperatorsBackward(
        Tensor slopes, Tensor gradient, Tensor stateWeight, Tensor gates, Tensor cells, Tensor squashed, bool reverse,
        int first)
    {
        long length = cells.size(0), samples = cells.size(1), size = cells.size(2);

        // First what each gate's sum is multiplied by: dc for i, f and g, dh for o. The loop turns it into the gradient in place.
        using var blocks = gates.view([length, samples, 4, size]);
        using var slopeBlocks = slopes.view([length, samples, 4, size]);
        using var outputToCell = FillSlopes(slopeBlocks, blocks, cells, squashed, reverse);

        using var factor = new RepeatedFactor(stateWeight);
        using var stateGradient = TensorMemory.Like(cells, samples, size);
        using var cellGradient = TensorMemory.Like(cells, samples, size);
        using var cellGradientOfGates = cellGradient.unsqueeze(1);
        using var given = new Steps(gradient, reverse);
        using var all = new Steps(slopes, reverse);
        using var cellGates = Steps.OfGates(slopeBlocks, 0, 3, reverse);
        using var outputGate = Steps.OfGate(slopeBlocks, 3, reverse);
        using var forgetGate = Steps.OfGate(blocks, 1, reverse);
        using var toCell = new Steps(outputToCell, reverse);
        int last = all.Count - 1;
        for (int step = last; step >= first; step--)
        {
            var dh = given[last - first];
            if (step == last)
            {
                Aten.mul_out(cellGradient, dh, toCell[step]);
            }
            else
            {
                dh = stateGradient;
                factor.SetProduct(dh, given[step - first], all[step + 1]);
                cellGradient.mul_(forgetGate[step + 1]);
                Aten.addcmul_(cellGradient, dh, toCell[step]);
            }

            cellGates[step].mul_(cellGradientOfGates);
            outputGate[step].mul_(dh);
        }
    }

    /// <summary>Derivatives of c and h by the gates' sums into the slopes; returns that of h by c, o∘(1 − tanh²(c)).</summary>
    private static Tensor FillSlopes(Tensor slopes, Tensor gates, Tensor cells, Tensor squashed, bool reverse)
    {
        using var i = gates.select(2, 0);
        using var f = gates.select(2, 1);
        using var g = gates.select(2, 2);
        using var o = gates.select(2, 3);
        using var toInput = slopes.select(2, 0);
        using var toForget = slopes.select(2, 1);
        using var toCandidate = slopes.select(2, 2);
        using var toOutput = slopes.select(2, 3);
        Aten.sigmoid_backward_out(toInput, g, i);
        Aten.tanh_backward_out(toCandidate, i, g);
        Aten.sigmoid_backward_out(toOutput, squashed, o);

        // The forget gate of the first step has nothing to forget.
        long others = cells.size(0) - 1, first = reverse ? others : 0, start = reverse ? 0 : 1;
        using var toFirst = toForget.select(0, first);
        using var toOthers = toForget.narrow(0, start, others);
        using var before = cells.narrow(0, 1 - start, others);
        using var othersForget = f.narrow(0, start, others);
        toFirst.zero_();
        Aten.sigmoid_backward_out(toOthers, before, othersForget);
        return Aten.tanh_backward(o, squashed);
    }
}
