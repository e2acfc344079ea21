namespace Dsl.Torch.Tests.Door;

/// <summary>Arguments are counted, completed and coerced by the operator's schema.</summary>
public unsafe class ArgumentTests
{
    private static readonly nint Add = Operator.Find("aten::add"u8, "Tensor"u8);

    [Fact]
    public void Too_many_arguments_are_refused()
    {
        using var x = Sample.Vector(1);
        var error = Assert.Throws<TorchException>(() =>
        {
            var values = stackalloc Value[] { Value.Of(x), Value.Of(x), Value.Of(1L), Value.Of(1L) };
            Operator.Call(Add, values, 4, null, 0);
        });
        Assert.Contains("takes 3 arguments, but 4 were given", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_argument_without_default_is_named()
    {
        using var x = Sample.Vector(1);
        var error = Assert.Throws<TorchException>(() =>
        {
            var values = stackalloc Value[] { Value.Of(x) };
            Operator.Call(Add, values, 1, null, 0);
        });
        Assert.Contains("argument 'other' (Tensor) is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("aten::add.Tensor(Tensor self", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_trailing_arguments_take_the_schemas_defaults()
    {
        using var x = Sample.Vector(1, 2);
        Value result;
        var values = stackalloc Value[] { Value.Of(x), Value.Of(x) };
        Operator.Call(Add, values, 2, &result, 1);
        using var sum = Result.Tensor(result);
        Assert.Equal([2, 4], Sample.Read(sum));
    }

    [Fact]
    public void Too_little_room_for_results_is_refused()
    {
        using var x = Sample.Vector(1, 2);
        var topk = Operator.Find("aten::topk"u8, ""u8);
        Assert.Throws<TorchException>(() =>
        {
            Value result;
            var values = stackalloc Value[] { Value.Of(x), Value.Of(1L) };
            Operator.Call(topk, values, 2, &result, 1);
        });
    }

    [Fact]
    public void A_value_of_the_wrong_kind_names_argument_and_kinds()
    {
        using var x = Sample.Vector(1);
        var error = Assert.Throws<TorchException>(() =>
        {
            var values = stackalloc Value[] { Value.Of(x), Value.Of(1.5) };
            Operator.Call(Add, values, 2, null, 0);
        });
        Assert.Contains("argument 'other' must be Tensor, not a floating-point number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_floating_number_is_no_integer()
    {
        using var x = Sample.Vector(1);
        var unsqueeze = Operator.Find("aten::unsqueeze"u8, ""u8);
        var error = Assert.Throws<TorchException>(() =>
        {
            var values = stackalloc Value[] { Value.Of(x), Value.Of(1.0) };
            Operator.Call(unsqueeze, values, 2, null, 0);
        });
        Assert.Contains("argument 'dim' must be int", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_integer_serves_as_float_and_expands_to_a_list()
    {
        using var x = Sample.Zeros(1, 1, 4, 4);
        var pool = Operator.Find("aten::max_pool2d"u8, ""u8);
        Value result;
        var values = stackalloc Value[] { Value.Of(x), Value.Of(2L) };
        Operator.Call(pool, values, 2, &result, 1);
        using var pooled = Result.Tensor(result);
        Assert.Equal([1, 1, 2, 2], Sample.ShapeOf(pooled));

        var dropout = Operator.Find("aten::dropout"u8, ""u8);
        var arguments = stackalloc Value[] { Value.Of(x), Value.Of(0L), Value.Of(1L) };
        Operator.Call(dropout, arguments, 3, &result, 1);
        Result.Tensor(result).Dispose();
    }

    [Fact]
    public void Numbers_keep_integer_and_floating_apart()
    {
        using var integers = Sample.Integers(1, 2);
        using var plusInteger = Aten.add(integers, 2);
        using var plusFloating = Aten.add(integers, 2.0);
        using var power = Aten.pow(integers, 2);
        Assert.Equal(ScalarType.Int64, Sample.TypeOf(plusInteger));
        Assert.Equal(ScalarType.Float32, Sample.TypeOf(plusFloating));
        Assert.Equal(ScalarType.Int64, Sample.TypeOf(power));
        using var flags = Aten.full([2], true);
        Assert.Equal(ScalarType.Bool, Sample.TypeOf(flags));
    }

    [Fact]
    public void Items_come_back_with_their_kind()
    {
        using var integer = Aten.full([], 7, ScalarType.Int64);
        using var floating = Aten.full([], 0.5);
        using var flag = Aten.full([], true);
        Assert.Equal((Number)7, Aten._local_scalar_dense(integer));
        Assert.Equal((Number)0.5, Aten._local_scalar_dense(floating));
        Assert.Equal((Number)true, Aten._local_scalar_dense(flag));
        Assert.Equal(7, Aten.item(integer).ToDouble());
    }

    [Fact]
    public void Unset_numbers_take_the_schemas_default()
    {
        using var x = Sample.Vector(3, 4);
        using var norm = Aten.norm(x);
        Assert.Equal(5, Sample.Read(norm)[0], 5);
        Assert.Throws<TorchException>(() => Aten.pow(x, default(Number)));
    }

    [Fact]
    public void Optional_arguments_can_be_left_out()
    {
        using var x = Sample.Vector(-1, 0.5f, 2);
        using var low = Aten.clamp(x, min: 0);
        using var high = Aten.clamp(x, max: 1.0);
        Assert.Equal([0, 0.5f, 2], Sample.Read(low));
        Assert.Equal([-1, 0.5f, 1], Sample.Read(high));
    }

    [Fact]
    public void Empty_lists_stand_for_what_is_not_given()
    {
        using var x = Sample.Floats([2, 2], 1, 2, 3, 4);
        using var all = Aten.sum(x, []);
        using var columns = Aten.sum(x, [0], keepdim: true);
        Assert.Equal([10], Sample.Read(all));
        Assert.Equal([1, 2], Sample.ShapeOf(columns));
        using var scalar = Sample.Zeros();
        Assert.Empty(Sample.ShapeOf(scalar));
    }

    [Fact]
    public void Lists_of_tensors_and_of_optional_tensors()
    {
        using var a = Sample.Floats([1, 3], 1, 2, 3);
        using var b = Sample.Floats([1, 3], 4, 5, 6);
        using var both = Aten.cat([a, b]);
        using var pick = Sample.Integers(2);
        using var column = Aten.index(both, [null, pick]);
        Assert.Equal([3, 6], Sample.Read(column));
        Assert.Throws<TorchException>(() => Aten.cat([a, null!]));
        var halves = Aten.split(both, 1);
        Assert.Equal(2, halves.Length);
        Assert.Equal([4, 5, 6], Sample.Read(halves[1]));
        Array.ForEach(halves, half => half.Dispose());
    }

    [Fact]
    public void Long_lists_of_tensors_work_too()
    {
        using var scope = NewDisposeScope();
        var many = Enumerable.Range(0, TensorList.StackLength + 50).Select(_ => Sample.Vector(1)).ToArray();
        Aten._foreach_add_(many, 1);
        using var sum = Aten.sum(Aten.cat(many));
        Assert.Equal(2 * many.Length, Sample.Read(sum)[0]);
    }

    [Fact]
    public void Strings_are_passed()
    {
        using var x = Sample.Vector(1, -1);
        using var exact = Aten.gelu(x);
        using var approximate = Aten.gelu(x, "tanh");
        Assert.NotEqual(Sample.Read(exact)[0], Sample.Read(approximate)[0]);
        using var truncated = Aten.div(x, 2, "floor");
        Assert.Equal([0, -1], Sample.Read(truncated));
        using var divided = Aten.div(x, x, null);
        Assert.Equal([1, 1], Sample.Read(divided));
        Assert.Throws<TorchException>(() => Aten.gelu(x, "nonsense"));
    }

    [Fact]
    public void Types_devices_and_formats_are_passed()
    {
        using var x = Aten.empty([1, 2, 3, 4], ScalarType.Float64, device: new Device("cpu"), memory_format: MemoryFormat.ChannelsLast);
        Assert.Equal(ScalarType.Float64, Sample.TypeOf(x));
        Assert.Equal(1, NativeMethods.TensorIsContiguous(x.Handle, (int)MemoryFormat.ChannelsLast));
        Assert.Equal(0, NativeMethods.TensorIsContiguous(x.Handle, (int)MemoryFormat.Contiguous));
        using var half = Aten.to(x, ScalarType.Float16);
        Assert.Equal(ScalarType.Float16, Sample.TypeOf(half));
        using var contiguous = Aten.contiguous(x);
        Assert.Equal(1, NativeMethods.TensorIsContiguous(contiguous.Handle, (int)MemoryFormat.Contiguous));
    }
}
