using System.Numerics.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Runtime;

/// <summary>Which tensors of a state hold numbers that no run can go on from: NaN or infinity.</summary>
internal static class FiniteState
{
    /// <summary>Their names, in the state's order.</summary>
    public static IReadOnlyList<string> Exceptions(IReadOnlyDictionary<string, Tensor> state)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var names = new HashSet<string>(StringComparer.Ordinal);

        // Plain numbers in memory are read once, which costs less than operators that make tensors as large.
        foreach (var (name, tensor) in Numbers(state).Where(pair => TensorMemory.IsPlain(pair.Value)))
        {
            if (!IsFinite(tensor)) names.Add(name);
        }

        // One answer for each device: a question for each tensor would make it wait as often. A metric may be infinite.
        foreach (var tensors in Numbers(state).Where(pair => !TensorMemory.IsPlain(pair.Value))
            .GroupBy(pair => pair.Value.device.ToString()))
        {
            // Their bytes, because TorchSharp's arrays need code that a native binary does not have.
            var finite = stack(tensors.Select(pair => pair.Value.isfinite().all())).cpu().bytes.ToArray();
            names.UnionWith(tensors.Where((_, index) => finite[index] == 0).Select(pair => pair.Key));
        }

        return [.. state.Keys.Where(names.Contains)];
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Numbers(IReadOnlyDictionary<string, Tensor> state) =>
        state.Where(pair => pair.Key != BestWeights.RecordName && pair.Value.is_floating_point() && pair.Value.numel() > 0);

    private static unsafe bool IsFinite(Tensor tensor)
    {
        const long longest = 1 << 28;
        for (long first = 0, count = tensor.numel(); first < count; first += longest)
        {
            int length = (int)Math.Min(longest, count - first);
            void* numbers = TensorMemory.Pointer(tensor);
            bool isFinite = tensor.dtype == ScalarType.Float32
                ? TensorPrimitives.IsFiniteAll(new ReadOnlySpan<float>((float*)numbers + first, length))
                : TensorPrimitives.IsFiniteAll(new ReadOnlySpan<double>((double*)numbers + first, length));
            if (!isFinite) return false;
        }

        return true;
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
