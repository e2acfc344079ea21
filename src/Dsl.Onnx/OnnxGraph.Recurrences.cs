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
