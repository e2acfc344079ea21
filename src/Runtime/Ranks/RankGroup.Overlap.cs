using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Sums that go over the network while the backward pass goes on.
public sealed unsafe partial class RankGroup
{
    private readonly List<nint> _begun = [];
    private GradientSegments? _segments;

    /// <summary>Gradients of the next backward pass are summed over all ranks segment by segment, as they become complete:
    /// <see cref="SumRest"/> waits for them.</summary>
    /// <param name="arena">The parameters of the network, whose backward pass comes next, and once.</param>
    public void Overlap(ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        bool isKnown = arena.Gradients.dtype is ScalarType.Float32 or ScalarType.Float64;
        if (_meeting is null || !isKnown) return;
        if (!IsOnGpu(arena.Gradients) && arena.Gradients.device_type != DeviceType.CPU) return;
        if (_segments?.Arena != arena) _segments = new GradientSegments(arena, this);
        _segments.Restart();
        arena.Segments = _segments;
    }

    /// <summary>The sum over all ranks of the gradients of an arena: what <see cref="Overlap"/> has begun is waited for, and the
    /// rest summed.</summary>
    /// <param name="arena">The parameters.</param>
    public void SumRest(ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        if (arena.Segments is not { } segments)
        {
            Sum(arena.Gradients);
            return;
        }

        arena.Segments = null;
        segments.BeginRest();
        lock (_gate)
        {
            var communicator = CommunicatorOf(arena.Gradients);
            for (int i = 0; i < _begun.Count; i++)
            {
                nint request = _begun[i];
                communicator.Wait(ref request);
            }
        }

        _begun.Clear();
    }

    internal void BeginSum(ParameterArena arena, long from, long to)
    {
        int size = arena.Gradients.dtype == ScalarType.Float32 ? sizeof(float) : sizeof(double);
        byte* first = (byte*)TensorMemory.Pointer(arena.Gradients) + from * size;
        lock (_gate) _begun.Add(CommunicatorOf(arena.Gradients).BeginSum(first, to - from, arena.Gradients.dtype));
    }

    /// <summary>What was begun of an arena goes on: MPI does nothing between its calls.</summary>
    internal void Progress(ParameterArena arena)
    {
        lock (_gate)
        {
            if (_begun.Count == 0) return;
            var communicator = CommunicatorOf(arena.Gradients);
            for (int i = 0; i < _begun.Count; i++)
            {
                nint request = _begun[i];
                communicator.Progress(ref request);
                _begun[i] = request;
            }
        }
    }
}
