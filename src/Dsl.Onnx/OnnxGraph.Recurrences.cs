using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <content>Recurrences over [T, N, D], from zero states. ONNX orders the blocks of gates otherwise than PyTorch.</content>
public sealed partial class OnnxGraph
{
    // The places of PyTorch's blocks i, f, g, o in ONNX's order i, o, f, c, and of r, z, n in z, r, h.
    private static readonly long[] LstmOrder = [0, 3, 1, 2], GruOrder = [1, 0, 2], OneBlock = [0];

    /// <summary>A long short-term memory.</summary>
    /// <param name="x">[T, N, D].</param>
    /// <param name="inputWeight">[4H, D].</param>
    /// <param name="stateWeight">[4H, H].</param>
    /// <param name="bias">[4H], or null.</param>
    /// <param name="reverse">Whether it starts with the last element.</param>
    /// <param name="lengths">How long the sequences are, [N], where it stops with the longest; else null.</param>
    /// <param name="places">T, where it stops.</param>
    /// <returns>The states [T, N, H].</returns>
    public OnnxValue Lstm(OnnxValue x, OnnxValue inputWeight, OnnxValue stateWeight, OnnxValue? bias, bool reverse,
        OnnxValue? lengths = null, long places = 0) =>
        Stopped(Recurrence("LSTM", LstmOrder, x, inputWeight, stateWeight, bias, null, reverse), lengths, places);

    /// <summary>Gated recurrent units.</summary>
    /// <param name="x">[T, N, D].</param>
    /// <param name="inputWeight">[3H, D].</param>
    /// <param name="stateWeight">[3H, H].</param>
    /// <param name="inputBias">[3H], or null; then the other is null too.</param>
    /// <param name="stateBias">[3H].</param>
    /// <param name="reverse">Whether it starts with the last element.</param>
    /// <param name="lengths">How long the sequences are, [N], where it stops with the longest; else null.</param>
    /// <param name="places">T, where it stops.</param>
    /// <returns>The states [T, N, H].</returns>
    public OnnxValue Gru(OnnxValue x, OnnxValue inputWeight, OnnxValue stateWeight, OnnxValue? inputBias, OnnxValue? stateBias,
        bool reverse, OnnxValue? lengths = null, long places = 0)
    {
        var states = Recurrence("GRU", GruOrder, x, inputWeight, stateWeight, inputBias, stateBias, reverse);
        states.Inputs[0]!.With("linear_before_reset", 1);
        return Stopped(states, lengths, places);
    }

    /// <summary>A simple recurrent network.</summary>
    /// <param name="x">[T, N, D].</param>
    /// <param name="inputWeight">[H, D].</param>
    /// <param name="stateWeight">[H, H].</param>
    /// <param name="bias">[H], or null.</param>
    /// <param name="reverse">Whether it starts with the last element.</param>
    /// <param name="rectified">max(0, ·) in place of tanh.</param>
    /// <param name="lengths">How long the sequences are, [N], where it stops with the longest; else null.</param>
    /// <param name="places">T, where it stops.</param>
    /// <returns>The states [T, N, H].</returns>
    public OnnxValue Rnn(OnnxValue x, OnnxValue inputWeight, OnnxValue stateWeight, OnnxValue? bias, bool reverse, bool rectified,
        OnnxValue? lengths = null, long places = 0)
    {
        var states = Recurrence("RNN", OneBlock, x, inputWeight, stateWeight, bias, null, reverse);
        states.Inputs[0]!.With("activations", [rectified ? "Relu" : "Tanh"]);
        return Stopped(states, lengths, places);
    }

    /// <summary>A long short-term memory over the rows of images, one after another.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="inputWeight">[4S, C, (k+1)/2], blocks i, f, g, o.</param>
    /// <param name="stateWeight">[4S, S, k].</param>
    /// <param name="bias">[4S].</param>
    /// <param name="rows">H.</param>
    /// <returns>The states [N, S, H, W].</returns>
    public OnnxValue RowLstm(OnnxValue x, OnnxValue inputWeight, OnnxValue stateWeight, OnnxValue bias, long rows)
    {
        long size = Known(stateWeight).size(1), left = Known(inputWeight).size(2) - 1, around = Known(stateWeight).size(2) / 2;
        var kernel = Derived(inputWeight, "as rows", Known(inputWeight).unsqueeze(2));
        var sums = Node("Conv", x, kernel, bias).With("pads", [0L, left, 0, 0]);
        var states = new OnnxValue[rows];
        OnnxValue? state = null, cell = null;
        for (int row = 0; row < rows; row++)
        {
            var own = Node("Gather", sums, Index(row)).With("axis", 2);
            if (state is not null) own = Node("Add", own, Node("Conv", state, stateWeight).With("pads", [around, around]));
            cell = cell is null ? Node("Mul", Gate(0, "Sigmoid"), Gate(2, "Tanh"))
                : Node("Add", Node("Mul", Gate(0, "Sigmoid"), Gate(2, "Tanh")), Node("Mul", Gate(1, "Sigmoid"), cell));
            state = Node("Mul", Gate(3, "Sigmoid"), Node("Tanh", cell));
            states[row] = Node("Unsqueeze", state, List(2));

            OnnxValue Gate(long block, string type) =>
                Node(type, Node("Slice", own, List(block * size), List((block + 1) * size), List(1)));
        }

        return Node("Concat", states).With("axis", 2);
    }

    private OnnxValue Recurrence(string type, long[] order, OnnxValue x, OnnxValue inputWeight, OnnxValue stateWeight,
        OnnxValue? inputBias, OnnxValue? stateBias, bool reverse)
    {
        long size = Known(stateWeight).size(1);
        string how = $"as {type}";
        var w = Derived(inputWeight, how, Ordered(inputWeight, order, size));
        var r = Derived(stateWeight, how, Ordered(stateWeight, order, size));
        OnnxValue? b = null;
        if (inputBias is not null)
        {
            var first = Ordered(inputBias, order, size);
            var second = stateBias is null ? zeros_like(first) : Ordered(stateBias, order, size);
            b = Derived(inputBias, how, cat([first, second], 1));
        }

        var all = Node(type, x, w, r, b).With("hidden_size", size).With("direction", reverse ? "reverse" : "forward");
        return Node("Squeeze", all, List(1));
    }

    /// <summary>The blocks in ONNX's order, with a dimension for the direction in front.</summary>
    private static Tensor Ordered(OnnxValue value, long[] order, long size)
    {
        var blocks = Known(value).split(size);
        return cat([.. order.Select(place => blocks[place])]).unsqueeze(0);
    }

    private OnnxValue Stopped(OnnxValue states, OnnxValue? lengths, long places)
    {
        if (lengths is null) return states;
        var longest = Node("ReduceMax", lengths).With("keepdims", 0);
        var place = Constant($"/places {places}, 1, 1", Aten.arange(0, places, CPU).reshape(places, 1, 1));
        return Node("Where", Node("Less", place, longest), states, Number(0));
    }
}
