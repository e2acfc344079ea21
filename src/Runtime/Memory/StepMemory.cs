using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The memory of a trainer's steps. A step that takes a new course, as the first one does, gets memory of its own for each value,
/// and is remembered: what it took, viewed and gave back, in order. From that a place is planned for each value in one buffer
/// (<see cref="MemoryPlacement"/>), and steps of the same course find their tensors there, made once: they allocate nothing.
/// </summary>
/// <remarks>A step follows a plan event by event. At the first that differs, in shape or in order, it leaves the plan, and gets
/// memory of its own for whatever it takes from there on; what it took before stays where it is until its end. So a step that
/// takes another course, as with a batch of another size, is never wrong, only slower. A value counts as given back by
/// <see cref="StepValues.Free"/> alone; a place is planned for values that were given back within their step, together with all
/// views of them.</remarks>
internal sealed partial class StepMemory : IDisposable
{
    // Sizes of batches, and courses of them, that are remembered.
    private const int Most = 4;

    // 8 MB, beside which it costs nothing to ask the kernel.
    private const long ManyWords = 1 << 21;

    [ThreadStatic]
    private static StepMemory? s_current;

    private readonly List<MemoryPlan> _plans = [];
    private readonly Dictionary<object, (MemoryPlan Plan, int Number)> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly MemoryTrace _trace = new();
    private readonly List<Tensor> _borrowed = [];
    private Course _course;
    private MemoryPlan? _plan;
    private MemoryBuffer? _buffer;
    private StepMemory? _around;
    private int _event;
    private int _taken;
    private int _depth;

    private enum Course
    {
        Open,
        Planned,
        New,
    }

    /// <summary>Steps that were remembered.</summary>
    public long Planned { get; private set; }

    /// <summary>Steps that followed a plan to its end.</summary>
    public long Followed { get; private set; }

    /// <summary>Bytes of the buffer.</summary>
    public long Bytes => _buffer is null ? 0 : _buffer.Words * sizeof(float);

    /// <summary>The memory of the step that runs on this thread, where one does.</summary>
    public static StepMemory? Current => s_current;

    /// <summary>A tensor whose elements are not set: of the step that runs on this thread, where one does.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="type">Numbers of 32 or 16 bits or 64-bit integers, as libtorch numbers them.</param>
    public static Tensor Take(ReadOnlySpan<long> shape, int type) =>
        s_current is { } memory ? memory.TakeOne(shape, type) : TensorMemory.New(shape, type);

    /// <summary>A view, of the step that runs on this thread where one does.</summary>
    /// <param name="x">What it is of.</param>
    /// <param name="offset">Elements from the first of that one to its own.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="strides">Elements from one to the next in each dimension.</param>
    public static Tensor View(Tensor x, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides) =>
        s_current is { } memory ? memory.ViewOne(x, offset, shape, strides) : TensorMemory.View(x, offset, shape, strides);

    /// <summary>Lends a tensor that is not the step's out as a value of it, which is given back like all others and then is not
    /// freed: where it has another one's shape and type already.</summary>
    public static bool TryBorrow(Tensor tensor, Tensor like)
    {
        if (s_current is not { } memory || LibTorchAbi.GradModeIsEnabled() != 0 || !TensorLayout.TryOf(tensor, out var own)
            || !TensorLayout.TryOf(like, out var other) || !own.Sizes.SequenceEqual(other.Sizes)
            || memory._owners.ContainsKey(tensor) || memory._trace.TryFind(tensor, out _)) return false;
        memory._borrowed.Add(tensor);
        return true;
    }

    /// <summary>Whether a tensor is a step's, which has it back now; where it is not, the caller frees it.</summary>
    public static bool GiveBack(Tensor tensor) => s_current is { } memory && memory.HasBack(tensor);

    /// <summary>Begins a step on this thread.</summary>
    public void Begin()
    {
        if (_depth++ > 0) return;
        _around = s_current;
        s_current = this;
        (_course, _plan, _event, _taken, _made) = (Course.Open, null, 0, 0, 0);
        _borrowed.Clear();
    }

    /// <summary>Ends it.</summary>
    public void End()
    {
        if (--_depth > 0) return;
        s_current = _around;
        _around = null;
        if (_plan is { } plan)
        {
            bool isFollowed = _course == Course.Planned && _event == plan.Events.Length;
            if (_course == Course.Planned && !isFollowed) Leave(plan);
            foreach (ref var place in plan.Places.AsSpan()) place.Current = null;
            if (isFollowed)
            {
                plan.Followed++;
                plan.IsSelfContained = _made == 0;
                plan.Left = 0;
                Followed++;
                if (_plans[0] == plan) return;

                // The one that was not followed for longest is the first to be forgotten.
                _plans.Remove(plan);
                _plans.Insert(0, plan);
                return;
            }

            plan.Left++;
        }

        if (_course == Course.New) Remember();
        _trace.Clear();
    }

    public void Dispose()
    {
        foreach (var plan in _plans) plan.Free();
        foreach (var copy in _copies.Values) copy.Dispose();
        _copies.Clear();
        _plans.Clear();
        _owners.Clear();
        _buffer?.Dispose();
        _buffer = null;
    }

    private Tensor TakeOne(ReadOnlySpan<long> shape, int type)
    {
        if (_course == Course.Open) Choose(shape, type);
        if (_course == Course.Planned)
        {
            var plan = _plan!;
            if (_event < plan.Events.Length && plan.Events[_event] >= 0
                && plan.Places[_taken].Layout.IsValue(shape, type))
            {
                ref var place = ref Next(plan);

                // A result of the step before that is still held keeps its place.
                return place.Current = place.Tensor is null || place.IsHeld
                    ? TensorMemory.New(shape, type) : AsPlanned(plan, ref place);
            }

            Leave(plan);
        }

        var tensor = TensorMemory.New(shape, type);
        _trace.Taken(tensor, shape, type);
        return tensor;
    }

    private Tensor ViewOne(Tensor x, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        if (_course == Course.Open) Choose(offset, shape, strides);
        if (_course == Course.Planned)
        {
            var plan = _plan!;
            if (_event < plan.Events.Length && plan.Events[_event] >= 0
                && plan.Places[_taken].Layout is var layout && layout.IsView(offset, shape, strides)
                && (layout.Base == PlaceLayout.Outside ? !IsTaken(plan, x)
                    : ReferenceEquals(plan.Places[layout.Base].Current, x)))
            {
                ref var place = ref Next(plan);
                if (place.IsElsewhere) return place.Current = Elsewhere(plan, _taken - 1, x);
                return place.Current = place.Tensor is null ? TensorMemory.View(x, offset, shape, strides)
                    : AsPlanned(plan, ref place);
            }

            if (IsTaken(plan, x)) Leave(plan);
        }

        var view = TensorMemory.View(x, offset, shape, strides);
        if (_course != Course.New) return view;
        if (_trace.TryFind(x, out int number)) _trace.Viewed(view, number, offset, shape, strides);
        else _trace.ViewedOutside(view, offset, shape, strides);
        return view;
    }

    // A view of what is not the step's. That of the same tensor as in the step before stays for the next one.
    private Tensor Elsewhere(MemoryPlan plan, int number, Tensor x)
    {
        ref var place = ref plan.Places[number];
        nint address = First(x);
        bool isSame = ReferenceEquals(place.Viewed, x) && place.Address == address;
        if (isSame && place.Tensor is { IsInvalid: false }) return place.Tensor;
        if (place.Tensor is { } stale)
        {
            _owners.Remove(stale);
            stale.Dispose();
            place.Tensor = null;
        }

        (place.Viewed, place.Address) = (x, address);
        var view = TensorMemory.View(x, place.Layout.Offset, place.Layout.Shape, place.Layout.Strides);
        if (!isSame) return view;
        place.Tensor = view.DetachFromDisposeScope();
        _owners.Add(view, (plan, number));
        return view;
    }

    private bool HasBack(Tensor tensor)
    {
        if (_course == Course.Planned && _event < _plan!.Events.Length)
        {
            // As planned, which is nearly always.
            int number = ~_plan.Events[_event];
            if (number >= 0 && ReferenceEquals(_plan.Places[number].Current, tensor))
            {
                ref var place = ref _plan.Places[number];
                place.Current = null;
                if (MemoryChoice.IsChecked && _plan.Ends[_event] is >= 0 and var ended) Overwrite(_plan.Places[ended].Tensor);
                _event++;
                return ReferenceEquals(place.Tensor, tensor);
            }
        }

        if (_owners.TryGetValue(tensor, out var owner))
        {
            // What a tape remembers of an earlier step, or frees twice, is not this step's.
            ref var place = ref owner.Plan.Places[owner.Number];
            if (owner.Plan != _plan || place.Current is null || place.IsKept) return true;
            if (_course == Course.Planned) Leave(_plan);
            place.Current = null;
            _trace.GivenBack(tensor, out _);
            return true;
        }

        if (_borrowed.Remove(tensor)) return true;

        // Where its memory is the step's alone, its owner frees it.
        if (_course == Course.New && _trace.GivenBack(tensor, out int traced) && MemoryChoice.IsChecked
            && _trace.Values[traced].Layout.IsOwn && !_trace.IsViewed(traced)) Overwrite(tensor);
        return false;
    }

    private ref MemoryPlan.Place Next(MemoryPlan plan)
    {
        _event++;
        return ref plan.Places[_taken++];
    }

    private Tensor AsPlanned(MemoryPlan plan, ref MemoryPlan.Place place) =>
        place.Tensor!.IsInvalid ? Renew(plan, _taken - 1) : place.Tensor;

    private bool IsTaken(MemoryPlan plan, Tensor tensor) =>
        _owners.TryGetValue(tensor, out var owner) && owner.Plan == plan && plan.Places[owner.Number].Current is not null;

    private void Choose(ReadOnlySpan<long> shape, int type)
    {
        foreach (var plan in _plans)
        {
            if (!plan.Places[0].Layout.IsValue(shape, type)) continue;
            (_course, _plan) = (Course.Planned, plan);
            return;
        }

        _course = Course.New;
    }

    private void Choose(long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        foreach (var plan in _plans)
        {
            if (!plan.Places[0].Layout.IsView(offset, shape, strides)) continue;
            (_course, _plan) = (Course.Planned, plan);
            return;
        }

        _course = Course.New;
    }

    private void Leave(MemoryPlan plan)
    {
        _course = Course.New;
        _trace.Follow(plan, _event, _taken);
    }

    private void Remember()
    {
        // One step of another kind, as at the end of an epoch, is no reason to forget the plan of all others; and where each
        // step is of another kind, as with numbers of boxes, plans are of no use.
        if (_plan is { Followed: > 0, Left: < 2 } || (Planned > 2 * Most && Followed < 4 * Planned)) return;
        if (_plan is not null) Forget(_plan);
        else if (_plans.Count == Most) Forget(_plans[^1]);
        var lives = _trace.Lives();
        int[] placed = [.. Enumerable.Range(0, lives.Length).Where(value =>
            lives[value].Last < int.MaxValue && _trace.Values[value] is { IsKept: false, Layout.IsOwn: true })];
        long[] places = new long[placed.Length];
        long total = MemoryPlacement.Place(
            [.. placed.Select(value => (lives[value].First, lives[value].Last, _trace.Values[value].Layout.Words))], places);
        long[] offsets = new long[lives.Length];
        Array.Fill(offsets, -1);
        int[] ends = new int[_trace.Events.Count];
        Array.Fill(ends, -1);
        for (int i = 0; i < placed.Length; i++)
        {
            offsets[placed[i]] = places[i];
            ends[lives[placed[i]].Last] = placed[i];
        }

        if (_buffer is null || _buffer.Words < total)
        {
            while (_plans.Count > 0) Forget(_plans[0]);
            _buffer?.Dispose();

            // What the steps so far took lies in pieces that no later one will ask for.
            if (total >= ManyWords) FreedMemory.GiveBack();
            _buffer = new MemoryBuffer(total);
        }

        var plan = new MemoryPlan(_trace, lives, offsets, ends, _buffer);
        for (int i = 0; i < offsets.Length; i++)
            if (plan.Places[i].Tensor is { } tensor) _owners.Add(tensor, (plan, i));
        _plans.Insert(0, plan);
        Planned++;
    }

    private void Forget(MemoryPlan plan)
    {
        foreach (var place in plan.Places)
            if (place.Tensor is { } tensor) _owners.Remove(tensor);
        plan.Free();
        _plans.Remove(plan);
    }

    private Tensor Renew(MemoryPlan plan, int number)
    {
        _owners.Remove(plan.Places[number].Tensor!);
        var tensor = plan.Renew(number);
        _owners.Add(tensor, (plan, number));
        return tensor;
    }

    private static unsafe void Overwrite(Tensor? tensor)
    {
        if (tensor is null || tensor.IsInvalid) return;
        int count = checked((int)tensor.numel());
        void* memory = TensorMemory.Pointer(tensor);
        if (tensor.dtype == ScalarType.Int64) new Span<long>(memory, count).Fill(long.MinValue);
        else if (tensor.dtype == ScalarType.BFloat16) new Span<ushort>(memory, count).Fill(BFloat16Loop.NotANumber);
        else new Span<float>(memory, count).Fill(float.NaN);
    }
}
