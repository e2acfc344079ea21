using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Parameters;

public class ParameterArenaTests
{
    [Fact]
    public void A_new_arena_is_zero()
    {
        using var arena = new ParameterArena(48);
        Assert.Equal([48L], arena.Values.shape);
        Assert.Equal(0, arena.Values.abs().sum().ToDouble());
        Assert.Equal(0, arena.Gradients.abs().sum().ToDouble());
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(8)]
    [InlineData(33)]
    public void A_length_that_is_no_multiple_is_refused(long length) =>
        Assert.Contains("16", Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterArena(length)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_view_shares_the_storage_of_the_values()
    {
        using var arena = new ParameterArena(64);
        using var weight = arena.View(16, 2, 5);
        using var scalar = arena.View(32);
        weight.fill_(3);
        scalar.fill_(7);
        var values = arena.Values.data<float>().ToArray();
        Assert.Equal(Enumerable.Repeat(3f, 10), values[16..26]);
        Assert.Equal(7f, values[32]);
        Assert.Equal(37f, values.Sum());

        arena.Values.fill_(2);
        Assert.Equal(20, weight.sum().ToDouble());
    }

    [Fact]
    public void A_gradient_view_shares_the_storage_of_the_gradients_only()
    {
        using var arena = new ParameterArena(32);
        using var gradient = arena.GradientView(16, 4);
        gradient.add_(1);
        Assert.Equal(4, arena.Gradients.sum().ToDouble());
        Assert.Equal(0, arena.Values.sum().ToDouble());
    }

    [Theory]
    [InlineData(-16, 4)]
    [InlineData(4, 4)]
    [InlineData(16, 17)]
    [InlineData(32, 1)]
    public void A_part_outside_of_the_arena_or_between_offsets_is_refused(long offset, long size)
    {
        using var arena = new ParameterArena(32);
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.View(offset, size));
    }

    [Fact]
    public void Vectors_are_the_memory_of_the_tensor()
    {
        using var arena = new ParameterArena(32);
        Assert.True(arena.IsFused);
        var vectors = ParameterArena.Vectors(arena.Values);
        Assert.Equal(32 / Vector<float>.Count, vectors.Length);
        vectors[^1] = new Vector<float>(1.5f);
        Assert.Equal(1.5 * Vector<float>.Count, arena.Values.sum().ToDouble());
    }

    [Fact]
    public void Vectors_of_another_type_are_refused()
    {
        using var arena = new ParameterArena(32, dtype: ScalarType.Float64);
        Assert.False(arena.IsFused);
        Assert.Contains("Float64", Assert.Throws<ArgumentException>(() => Read(arena.Values)).Message, StringComparison.Ordinal);
        using var odd = zeros(3);
        Assert.Throws<ArgumentException>(() => Read(odd));

        static int Read(Tensor tensor) => ParameterArena.Vectors(tensor).Length;
    }

    [Fact]
    public void Moving_converts_values_and_gradients()
    {
        using var arena = new ParameterArena(16);
        arena.Values.fill_(0.5);
        arena.Gradients.fill_(2);
        arena.MoveTo(ScalarType.Float64, null);
        Assert.Equal(ScalarType.Float64, arena.Values.dtype);
        Assert.Equal(ScalarType.Float64, arena.Gradients.dtype);
        Assert.Equal(8, arena.Values.sum().ToDouble());
        Assert.Equal(32, arena.Gradients.sum().ToDouble());
    }

    [Fact]
    public void Only_the_first_part_is_trained_and_has_twins()
    {
        using var arena = new ParameterArena(64, trainableLength: 32);
        using var trained = arena.View(16, 4);
        using var frozen = arena.View(32, 4);
        using var gradient = arena.GradientView(16, 4);
        using var twin = arena.NewTwin();
        Assert.Equal([32L], arena.Trainable.shape);
        Assert.Equal([32L], arena.Gradients.shape);
        Assert.Equal([32L], twin.shape);
        trained.fill_(1);
        frozen.fill_(2);
        Assert.Equal(4, arena.Trainable.sum().ToDouble());
        arena.Trainable.fill_(0);
        Assert.Equal(0, trained.sum().ToDouble());
        Assert.Equal(8, frozen.sum().ToDouble());
        Assert.Equal(32 / Vector<float>.Count, ParameterArena.Vectors(arena.Trainable).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.GradientView(32, 4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void The_trained_part_moves_with_the_arena(long frozen)
    {
        using var arena = new ParameterArena(32 + frozen, trainableLength: 32);
        arena.Trainable.fill_(0.5);
        arena.MoveTo(ScalarType.Float64, null);
        Assert.Equal(ScalarType.Float64, arena.Trainable.dtype);
        arena.Trainable.add_(1);
        Assert.Equal(48, arena.Values.sum().ToDouble());
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(8)]
    [InlineData(64)]
    public void A_trained_part_that_is_no_part_is_refused(long length) => Assert.Equal(
        "trainableLength", Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterArena(48, length)).ParamName);

    [Fact]
    public void An_arena_outlives_the_dispose_scopes_in_which_it_is_used()
    {
        ParameterArena arena;
        Tensor twin;
        Tensor view;
        using (NewDisposeScope())
        {
            arena = new ParameterArena(16);
            view = arena.GradientView(0, 3);
            twin = arena.NewTwin();
            arena.MoveTo(ScalarType.Float64, null);
        }

        Assert.Equal(16, arena.Values.numel());
        Assert.Equal(16, arena.Gradients.numel());
        Assert.Equal(16, twin.numel());
        Assert.Equal(3, view.numel());
        twin.Dispose();
        view.Dispose();
        arena.Dispose();
    }
}
