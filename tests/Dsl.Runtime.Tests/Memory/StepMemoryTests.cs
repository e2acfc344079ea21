using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Memory;

/// <summary>What steps get from a trainer's memory, when they take the same course and when they do not.</summary>
public sealed partial class StepMemoryTests : IDisposable
{
    private readonly StepMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_course_that_repeats_finds_the_same_tensors()
    {
        Tensor[] first = [], second = [], third = [];
        InStep(() => first = Chain());
        InStep(() => second = Chain());
        InStep(() => third = Chain());
        Assert.All(first, value => Assert.True(value.IsInvalid));
        Assert.Equal(second, third, ReferenceEqualityComparer.Instance);
        Assert.Equal((1, 2), (_memory.Planned, _memory.Followed));

        // Two of three live at a time.
        Assert.Equal(2 * 1024 * sizeof(float), _memory.Bytes);
        Assert.Same(Place(second[0]), Place(second[2]));
    }

    [Fact]
    public void Numbers_and_indices_lie_in_one_buffer()
    {
        void Step()
        {
            Tensor numbers = TensorMemory.Empty(30), indices = TensorMemory.EmptyIndices(5, 2);
            numbers.fill_(1);
            indices.copy_(arange(10).reshape(5, 2));
            Assert.Equal(30, numbers.sum().item<float>());
            Assert.Equal(45, indices.sum().item<long>());
            Assert.Equal(ScalarType.Int64, indices.dtype);
            numbers.Free();
            indices.Free();
        }

        for (int i = 0; i < 3; i++) InStep(Step);
        Assert.Equal(2, _memory.Followed);
        Assert.Equal((32 + 32) * sizeof(float), _memory.Bytes);
    }

    [Fact]
    public void Numbers_of_16_bits_take_half_as_much()
    {
        void Step()
        {
            Tensor numbers = TensorMemory.Empty(64), rounded = TensorMemory.EmptyBFloat16(64);
            var odd = TensorMemory.EmptyBFloat16(3);
            numbers.fill_(1.5);
            rounded.copy_(numbers);
            odd.fill_(0.25);
            Assert.Equal(96, rounded.to(ScalarType.Float32).sum().item<float>());
            Assert.Equal(0.75f, odd.to(ScalarType.Float32).sum().item<float>());
            Assert.Equal(ScalarType.BFloat16, rounded.dtype);
            numbers.Free();
            rounded.Free();
            odd.Free();
        }

        for (int i = 0; i < 3; i++) InStep(Step);
        Assert.Equal(2, _memory.Followed);
        Assert.Equal((64 + 32 + 16) * sizeof(float), _memory.Bytes);
    }

    [Fact]
    public void A_view_keeps_the_place_of_its_value()
    {
        void Step()
        {
            var value = TensorMemory.Empty(4, 6);
            value.fill_(3);
            var view = Aten.narrow(Aten.reshape(value, 6, 4), 0, 1, 2);
            value.Free();
            var other = TensorMemory.Empty(4, 6);
            other.fill_(5);
            Assert.Equal(3 * 8, view.sum().item<float>());
            view.Free();
            other.Free();
        }

        // The inner view is never given back, so that nothing is planned for its value; and nothing is wrong.
        for (int i = 0; i < 3; i++) InStep(Step);
        Assert.Equal(2, _memory.Followed);
        Assert.Equal(32 * sizeof(float), _memory.Bytes);
    }

    [Fact]
    public void Views_that_are_given_back_are_made_once()
    {
        Tensor? seen = null;
        void Step()
        {
            var value = TensorMemory.Empty(4, 6);
            value.fill_(3);
            var flat = Aten.reshape(value, 24);
            value.Free();
            var other = TensorMemory.Empty(24);
            other.fill_(5);
            Assert.Equal(3 * 24, flat.sum().item<float>());
            flat.Free();
            other.Free();
            var last = TensorMemory.Empty(24);
            last.Free();
            if (_memory.Planned == 0) return;
            Assert.True(seen is null || ReferenceEquals(seen, flat));
            seen = flat;
        }

        for (int i = 0; i < 4; i++) InStep(Step);
        Assert.Equal(3, _memory.Followed);
        Assert.Equal(2 * 32 * sizeof(float), _memory.Bytes);
    }

    [Fact]
    public void Another_size_in_between_forgets_nothing()
    {
        void Step(long size)
        {
            var a = TensorMemory.Empty(size);
            a.fill_(size);
            var b = TensorMemory.Empty(size, 2);
            b.fill_(1);
            Assert.Equal(size * size, a.sum().item<float>());
            a.Free();
            b.Free();
        }

        foreach (long size in new long[] { 64, 64, 64, 10, 64, 10, 64 }) InStep(() => Step(size));
        Assert.Equal((2, 5), (_memory.Planned, _memory.Followed));
    }

    [Fact]
    public void The_size_of_most_steps_is_not_forgotten_for_others()
    {
        static void Step(long size)
        {
            TensorMemory.Empty(size).Free();
            TensorMemory.Empty(size, 2).Free();
        }

        for (int i = 0; i < 10; i++) InStep(() => Step(64));
        for (int i = 1; i < 9; i++)
        {
            InStep(() => Step(i));
            InStep(() => Step(64));
        }

        Assert.Equal((1 + 8, 9 + 8), (_memory.Planned, _memory.Followed));
    }

    [Fact]
    public void A_step_that_goes_another_way_leaves_the_plan_and_keeps_its_numbers()
    {
        // In the second way a value lives on where another one has its place in the plan.
        void Step(bool isOther)
        {
            var a = TensorMemory.Empty(100);
            a.fill_(1);
            if (!isOther) a.Free();
            var b = TensorMemory.Empty(100);
            b.fill_(2);
            Assert.True(!isOther || a.sum().item<float>() == 100);
            if (isOther) a.Free();
            b.Free();
        }

        foreach (bool isOther in new[] { false, false, true, false, true, true, true, true, false }) InStep(() => Step(isOther));

        // One step of another kind is left as it is; two in a row are planned.
        Assert.Equal((2, 4), (_memory.Planned, _memory.Followed));
    }

    [Fact]
    public void Steps_that_are_never_alike_are_not_planned_for_ever()
    {
        for (int i = 1; i < 60; i++) InStep(() => TensorMemory.Empty(i).Free());
        Assert.InRange(_memory.Planned, 1, 10);
        Assert.Equal(0, _memory.Followed);
    }

    [Fact]
    public void What_a_step_does_not_give_back_is_its_takers()
    {
        var taken = new List<Tensor>();
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            InStep(() =>
            {
                taken.Add(TensorMemory.Empty(8).fill_(number));
                TensorMemory.Empty(8).Free();
            });
        }

        Assert.Equal([0, 8, 16], taken.Select(value => value.sum().item<float>()));
        taken.ForEach(value => value.Dispose());
    }

    [Fact]
    public void A_tensor_that_somebody_disposed_is_made_anew()
    {
        void Step(bool disposes)
        {
            var a = TensorMemory.Empty(8);
            a.fill_(2);
            Assert.Equal(16, a.sum().item<float>());
            if (disposes) a.Dispose();
            a.Free();
        }

        foreach (bool disposes in new[] { false, false, true, false }) InStep(() => Step(disposes));
        Assert.Equal(3, _memory.Followed);
    }

    [Fact]
    public void Freeing_twice_or_what_another_step_took_changes_nothing()
    {
        Tensor? old = null;
        void Step()
        {
            old?.Free();
            var a = TensorMemory.Empty(8);
            var b = TensorMemory.Empty(8);
            a.fill_(1);
            b.fill_(2);
            a.Free();
            a.Free();
            Assert.Equal(16, b.sum().item<float>());
            b.Free();
            old = b;
        }

        for (int i = 0; i < 4; i++) InStep(Step);
        Assert.Equal(3, _memory.Followed);
    }

    [Fact]
    public void What_is_lent_out_is_not_freed()
    {
        using var batch = ones(4, 2);
        for (int i = 0; i < 3; i++)
        {
            InStep(() =>
            {
                var prediction = TensorMemory.Empty(4, 2);
                prediction.fill_(2);
                var targets = Targets.Like(batch, prediction);
                Assert.Same(batch, targets);
                targets.Free();
                Assert.False(batch.IsInvalid);

                // One of its own shares memory, and has to be told apart.
                var own = Targets.Like(prediction, prediction);
                Assert.NotSame(prediction, own);
                own.Free();
                prediction.Free();
                TensorMemory.Empty(4, 2).Free();
            });
        }

        Assert.Equal(8, batch.sum().item<float>());
    }

    [Fact]
    public void A_users_scope_frees_nothing_of_a_plan()
    {
        for (int i = 0; i < 4; i++)
        {
            using var scope = NewDisposeScope();
            InStep(() => Chain());
        }

        Assert.Equal(3, _memory.Followed);
    }

    [Fact]
    public void A_step_that_fails_leaves_a_memory_that_works()
    {
        InStep(() => Chain());
        Assert.Throws<InvalidOperationException>(() => InStep(() =>
        {
            TensorMemory.Empty(1024).Free();
            throw new InvalidOperationException();
        }));
        InStep(() => Chain());
        InStep(() => Chain());
        Assert.Null(StepMemory.Current);
        Assert.InRange(_memory.Followed, 1, 2);
    }

    [Fact]
    public void Results_live_until_they_are_released_and_not_longer()
    {
        var results = new List<StepResult>();
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            if (i > 0) results[^1].Free();
            InStep(() =>
            {
                var loss = TensorMemory.Number(number);
                results.Add(new StepResult(loss));
                Chain();
            });
            Assert.Equal(number, results[^1].Value!.item<float>());
            Assert.Same(results[^1].Value, results[^1].Value);
        }

        Assert.Equal(3, _memory.Followed);
        Assert.Throws<ObjectDisposedException>(() => results[2].Value);
        Assert.Equal(3, results[3].Value!.item<float>());

        // One that is still held is not written over.
        InStep(() =>
        {
            results.Add(new StepResult(TensorMemory.Number(7)));
            Chain();
        });
        Assert.Equal(3, results[3].Value!.item<float>());
        Assert.Equal(7, results[4].Value!.item<float>());
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("", true, false)]
    [InlineData("dsl", true, false)]
    [InlineData("checked", true, true)]
    [InlineData("libtorch", false, false)]
    public void A_variable_decides(string? value, bool isPlanned, bool isChecked) =>
        Assert.Equal((isPlanned, isChecked), MemoryChoice.Asked(value));

    [Fact]
    public void A_variable_that_means_nothing_is_refused() =>
        Assert.Contains("DSL_MEMORY", Assert.Throws<InvalidOperationException>(() => MemoryChoice.Asked("yes")).Message);

    private static Tensor[] Chain()
    {
        var a = TensorMemory.Empty(1024);
        var b = TensorMemory.Empty(32, 32);
        a.Free();
        var c = TensorMemory.Empty(2, 512);
        b.Free();
        c.Free();
        return [a, b, c];
    }

    private static unsafe object Place(Tensor tensor) => string.Intern(((nint)TensorMemory.Pointer(tensor)).ToString());

    private void InStep(Action step)
    {
        _memory.Begin();
        try
        {
            using var noGrad = Aten.no_grad();
            step();
        }
        finally
        {
            _memory.End();
        }
    }
}
