using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The course of a step and a tensor for each value of it that the step gives back, at a place of a buffer.</summary>
internal sealed class MemoryPlan
{
    private readonly MemoryBuffer _buffer;

    /// <param name="trace">The course.</param>
    /// <param name="lives">From when until when each value is used.</param>
    /// <param name="offsets">Where values lie in the buffer, −1 for those that do not.</param>
    /// <param name="ends">What overwrites may go over at each event: the value whose memory nothing reads from then on, −1 for
    /// none.</param>
    /// <param name="buffer">Memory for all of them; the caller frees it.</param>
    public MemoryPlan(
        MemoryTrace trace, ReadOnlySpan<(int First, int Last)> lives, ReadOnlySpan<long> offsets, int[] ends, MemoryBuffer buffer)
    {
        _buffer = buffer;
        Events = [.. trace.Events];
        Ends = ends;
        Places = new Place[offsets.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            var value = trace.Values[i];
            Places[i] = new Place { Layout = value.Layout, Offset = offsets[i], IsKept = value.IsKept && value.Layout.IsOwn };
            bool isView = value.Layout.Base is >= 0 and var root && Places[root].Tensor is not null;
            Places[i].IsElsewhere = lives[i].Last < int.MaxValue && (value.Layout.Base == PlaceLayout.Outside
                || (value.Layout.Base is >= 0 and var viewed && Places[viewed].IsElsewhere));
            if (offsets[i] >= 0 || Places[i].IsKept || isView) Renew(i);
        }
    }

    /// <summary>What is taken (its number) and given back (the complement), in order.</summary>
    public int[] Events { get; }

    /// <summary>The value whose memory is free behind an event, −1 for none.</summary>
    public int[] Ends { get; }

    /// <summary>The values, by their numbers.</summary>
    public Place[] Places { get; }

    /// <summary>Steps that followed it to its end.</summary>
    public long Followed { get; set; }

    /// <summary>Whether, in the last of these, networks that were asked left no tensor that was not the step's.</summary>
    public bool IsSelfContained { get; set; }

    /// <summary>Steps since then that left it.</summary>
    public int Left { get; set; }

    /// <summary>Makes a value's tensor, once more where somebody freed it.</summary>
    public Tensor Renew(int number)
    {
        ref var place = ref Places[number];
        var layout = place.Layout;
        return place.Tensor = (layout.Base >= 0
            ? TensorMemory.View(Places[layout.Base].Tensor!, layout.Offset, layout.Shape, layout.Strides)
            : place.IsKept ? TensorMemory.New(layout.Shape, layout.Type)
            : _buffer.At(place.Offset, layout)).DetachFromDisposeScope();
    }

    /// <summary>Frees the tensors, but for results that somebody may read yet.</summary>
    public void Free()
    {
        foreach (var place in Places)
            if (!place.IsHeld) place.Tensor?.Dispose();
    }

    /// <summary>A value.</summary>
    public struct Place
    {
        public PlaceLayout Layout;

        /// <summary>Where in the buffer; −1 for elsewhere.</summary>
        public long Offset;

        /// <summary>Null for a value whose memory the step does not give back, which gets its own each time.</summary>
        public Tensor? Tensor;

        /// <summary>Whether it is a view of a tensor that is not the step's, and is given back.</summary>
        public bool IsElsewhere;

        /// <summary>Of such a view: what it was of the last time. Another one in each step, as of batches,
        /// gets another view each time; where it is the same again, as a parameter is, its view stays.</summary>
        public Tensor? Viewed;

        /// <summary>Where that one lies.</summary>
        public nint Address;

        /// <summary>What the step that runs took here and did not give back.</summary>
        public Tensor? Current;

        /// <summary>Whether it outlives the step, in memory that it shares with no other value.</summary>
        public bool IsKept;

        /// <summary>Whether a step ended and left it to be read.</summary>
        public bool IsHeld;

        /// <summary>How often it was released.</summary>
        public int Generation;
    }
}
