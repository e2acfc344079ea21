using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A long short-term memory over the rows of images, with convolutions along a row in the place of matrices, from zero states
/// above the first row (van den Oord et al. 2016, arXiv 1601.06759, equation 3): [i, f, g, o] = K_s ∗ h' + K_x ∗ x + b;
/// c = σ(f)∘c' + σ(i)∘tanh(g); h = σ(o)∘tanh(c). K_x sees a place and those left of it.
/// </summary>
public static class RowLstmRecurrence
{
    /// <summary>All states in training, and what <see cref="Backward"/> needs. The caller frees them.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <param name="inputWeight">K_x [4S, C, (k+1)/2], the last place of which is the pixel's own; blocks i, f, g, o.</param>
    /// <param name="stateWeight">K_s [4S, S, k], k odd.</param>
    /// <param name="bias">b [4S].</param>
    /// <returns>h [N, S, H, W], the gates after their nonlinearities [H, N, 4S, W], and c [H, N, S, W].</returns>
    public static (Tensor States, Tensor Gates, Tensor Cells) Forward(
        Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor bias)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(stateWeight);
        using var scope = NewDisposeScope();
        long size = stateWeight.size(1), padding = stateWeight.size(2) / 2;
        var gates = SumsOfInput(input, inputWeight, bias).permute(2, 0, 1, 3).contiguous();
        Tensor[] rows = gates.unbind(0);
        var (states, cells) = (new Tensor[rows.Length], new Tensor[rows.Length]);
        for (int row = 0; row < rows.Length; row++)
        {
            if (row > 0) Aten.add_(rows[row], Aten.conv1d(states[row - 1], stateWeight, null, 1, padding, 1, 1));
            Tensor[] blocks = rows[row].chunk(4, 1);
            foreach (int gate in (int[])[0, 1, 3]) blocks[gate].sigmoid_();
            blocks[2].tanh_();
            var cell = blocks[0] * blocks[2];
            cells[row] = row == 0 ? cell : Aten.addcmul_(cell, blocks[1], cells[row - 1]);
            states[row] = blocks[3] * cells[row].tanh();
        }

        return (stack(states, 2).MoveToOuterDisposeScope(), gates.MoveToOuterDisposeScope(),
            stack(cells, 0).MoveToOuterDisposeScope());
    }

    /// <summary>Gradients through all rows. The caller frees them.</summary>
    /// <param name="gradient">Gradient of the states, [N, S, H, W].</param>
    /// <param name="input">As in the forward pass.</param>
    /// <param name="inputWeight">As there.</param>
    /// <param name="stateWeight">As there.</param>
    /// <param name="states">h [N, S, H, W], as <see cref="Forward"/> returned it.</param>
    /// <param name="gates">[H, N, 4S, W].</param>
    /// <param name="cells">[H, N, S, W].</param>
    /// <param name="ofInput">Whether the gradient of the input is wanted.</param>
    /// <returns>The gradients of the input, empty where it is not wanted, of both weights, and of the bias.</returns>
    public static (Tensor Input, Tensor InputWeight, Tensor StateWeight, Tensor Bias) Backward(
        Tensor gradient, Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor states, Tensor gates, Tensor cells,
        bool ofInput)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(inputWeight);
        ArgumentNullException.ThrowIfNull(stateWeight);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(gates);
        ArgumentNullException.ThrowIfNull(cells);
        using var scope = NewDisposeScope();
        long padding = stateWeight.size(2) / 2;
        var sums = gates.new_empty(gates.shape);
        Tensor[] given = gradient.unbind(2), rows = gates.unbind(0), own = cells.unbind(0), sumsOfRow = sums.unbind(0);
        Tensor? ofCell = null;
        for (int row = rows.Length - 1; row >= 0; row--)
        {
            var state = given[row];
            if (row < rows.Length - 1)
            {
                var (through, _, _) = Aten.convolution_backward(sumsOfRow[row + 1], state, stateWeight, [], [1], [padding], [1],
                    false, [0], 1, [true, false, false]);
                state = Aten.add(through, state);
            }

            Tensor[] blocks = rows[row].chunk(4, 1);
            var squashed = own[row].tanh();
            var cell = Aten.tanh_backward(state * blocks[3], squashed);
            if (ofCell is not null) cell = Aten.add(cell, ofCell);
            var before = row == 0 ? zeros_like(cell) : own[row - 1];
            sumsOfRow[row].copy_(cat(
                [
                    Aten.sigmoid_backward(cell * blocks[2], blocks[0]), Aten.sigmoid_backward(cell * before, blocks[1]),
                    Aten.tanh_backward(cell * blocks[0], blocks[2]), Aten.sigmoid_backward(state * squashed, blocks[3]),
                ], 1));
            ofCell = cell * blocks[1];
        }

        // The state that a row started from is that of the row above: one convolution over all rows but the first.
        long others = gates.size(0) - 1;
        var later = sums.narrow(0, 1, others).flatten(0, 1);
        var above = states.narrow(2, 0, others).permute(2, 0, 1, 3).flatten(0, 1);
        var (_, ofStateWeight, _) = Aten.convolution_backward(
            later, above, stateWeight, [], [1], [padding], [1], false, [0], 1, [false, true, false]);
        var ofImages = sums.permute(1, 2, 0, 3).contiguous();
        var padded = Padded(input, inputWeight);
        using var kernel = inputWeight.unsqueeze(2);
        var (ofPadded, ofKernel, ofBias) = Aten.convolution_backward(ofImages, padded, kernel, [inputWeight.size(0)], [1, 1],
            [0, 0], [1, 1], false, [0, 0], 1, [ofInput, true, true]);
        var wanted = ofInput ? ofPadded.narrow(3, inputWeight.size(2) - 1, input.size(3)).contiguous() : input.new_empty([0]);
        return (wanted.MoveToOuterDisposeScope(), ofKernel.squeeze(2).MoveToOuterDisposeScope(),
            ofStateWeight.MoveToOuterDisposeScope(), ofBias.MoveToOuterDisposeScope());
    }

    /// <summary>All states, in operations that autograd can follow.</summary>
    /// <param name="input">As in <see cref="Forward"/>.</param>
    /// <param name="inputWeight">As there.</param>
    /// <param name="stateWeight">As there.</param>
    /// <param name="bias">As there.</param>
    /// <returns>h [N, S, H, W]; the caller frees it.</returns>
    public static Tensor Apply(Tensor input, Tensor inputWeight, Tensor stateWeight, Tensor bias)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(stateWeight);
        using var scope = NewDisposeScope();
        long padding = stateWeight.size(2) / 2;
        Tensor[] rows = SumsOfInput(input, inputWeight, bias).unbind(2);
        var states = new Tensor[rows.Length];
        Tensor? cell = null;
        for (int row = 0; row < rows.Length; row++)
        {
            var sums = row == 0 ? rows[0]
                : Aten.add(rows[row], Aten.conv1d(states[row - 1], stateWeight, null, 1, padding, 1, 1));
            Tensor[] blocks = sums.chunk(4, 1);
            var written = blocks[0].sigmoid() * blocks[2].tanh();
            cell = cell is null ? written : Aten.add(written, blocks[1].sigmoid() * cell);
            states[row] = blocks[3].sigmoid() * cell.tanh();
        }

        return stack(states, 2).MoveToOuterDisposeScope();
    }

    /// <summary>K_x ∗ x + b of every row, [N, 4S, H, W].</summary>
    private static Tensor SumsOfInput(Tensor input, Tensor inputWeight, Tensor bias)
    {
        ArgumentNullException.ThrowIfNull(inputWeight);
        ArgumentNullException.ThrowIfNull(bias);
        using var scope = NewDisposeScope();
        return Aten.conv2d(Padded(input, inputWeight), inputWeight.unsqueeze(2), bias, [1, 1], [0, 0], [1, 1], 1)
            .MoveToOuterDisposeScope();
    }

    // Zeros left of the image alone: no place sees what is right of it.
    private static Tensor Padded(Tensor input, Tensor inputWeight) =>
        nn.functional.pad(input, [inputWeight.size(2) - 1, 0]);
}
