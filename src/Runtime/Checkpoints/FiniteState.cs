using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Which tensors of a state hold numbers that no run can go on from: NaN or infinity.</summary>
internal static class FiniteState
{
    /// <summary>Their names, in the state's order.</summary>
    public static IReadOnlyList<string> Exceptions(IReadOnlyDictionary<string, Tensor> state)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var names = new List<string>();

        // One answer for each device: a question for each tensor would make it wait as often. A metric may be infinite.
        foreach (var tensors in state
            .Where(pair => pair.Key != BestWeights.RecordName && pair.Value.is_floating_point() && pair.Value.numel() > 0)
            .GroupBy(pair => pair.Value.device.ToString()))
        {
            // Their bytes, because TorchSharp's arrays need code that a native binary does not have.
            var finite = stack(tensors.Select(pair => pair.Value.isfinite().all())).cpu().bytes.ToArray();
            names.AddRange(tensors.Where((_, index) => finite[index] == 0).Select(pair => pair.Key));
        }

        return names;
    }

    /// <summary>The buffers of a network that are part of its state. Others, as masks, may be infinite by design.</summary>
    public static IReadOnlyDictionary<string, Tensor> Buffers(nn.Module network)
    {
        var state = network.state_dict();
        return network.named_buffers().Where(pair => state.ContainsKey(pair.name))
            .ToDictionary(pair => pair.name, pair => pair.buffer);
    }

    /// <summary>The first names, and how many there are beside them.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        const int shown = 5;
        return string.Join(", ", names.Take(shown)) + (names.Count > shown ? $" and {names.Count - shown} more" : string.Empty);
    }
}
