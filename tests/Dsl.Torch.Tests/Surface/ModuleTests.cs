using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Dsl.Torch.Tests.Surface;

public sealed class ModuleTests : SurfaceTest
{
    [Fact]
    public void Components_are_named_by_their_path()
    {
        using var network = new Network();
        Assert.Equal(
            ["scale", "stack.0.weight", "stack.0.bias", "stack.1.weight", "stack.1.bias"],
            network.named_parameters().Select(named => named.name));
        Assert.Equal(["scale"], network.named_parameters(recurse: false).Select(named => named.name));
        Assert.Equal(
            ["count", "noise", "stack.1.running_mean", "stack.1.running_var", "stack.1.num_batches_tracked"],
            network.named_buffers().Select(named => named.name));
        Assert.Equal(["stack"], network.named_children().Select(named => named.name));
        Assert.Equal(["stack", "stack.0", "stack.1", "stack.2"], network.named_modules().Select(named => named.name));
        Assert.Same(network.Stack[0], network.modules().ElementAt(1));
        Assert.Equal([2, 3], network.get_parameter("stack.0.weight")!.shape);
        Assert.Null(network.get_parameter("stack.9.weight"));
        Assert.True(network.has_buffer("stack.1.running_mean"));
        Assert.False(network.has_buffer("weight"));
        Assert.Equal("Network", network.GetName());
    }

    [Fact]
    public void Fields_are_registered_by_reflection_under_their_names()
    {
        using var module = new ByFields();
        Assert.Equal(["weight", "first.weight", "first.bias"], module.named_parameters().Select(named => named.name));
        Assert.Equal(["offset"], module.named_buffers().Select(named => named.name));
    }

    [Fact]
    public void Names_are_unique_and_have_no_dots()
    {
        using var network = new Network();
        Assert.Throws<InvalidOperationException>(() => network.register_parameter("scale", Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => network.register_buffer("count", ones(1)));
        Assert.Throws<InvalidOperationException>(() => network.register_module("stack", ReLU()));
        Assert.Throws<ArgumentException>(() => network.register_module("a.b", ReLU()));
        Assert.Throws<ArgumentException>(() => network.register_module(string.Empty, ReLU()));
        Assert.Throws<ArgumentNullException>(() => network.register_parameter("none", null!));
    }

    [Fact]
    public void State_leaves_out_buffers_that_are_not_persistent()
    {
        using var network = new Network();
        Assert.Equal(
            ["scale", "stack.0.weight", "stack.0.bias", "stack.1.weight", "stack.1.bias", "count", "stack.1.running_mean",
                "stack.1.running_var", "stack.1.num_batches_tracked"],
            network.state_dict().Keys);
        Assert.All(network.state_dict(prefix: "net").Keys, name => Assert.StartsWith("net.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_shared_parameter_has_one_entry_to_learn_and_two_to_save()
    {
        using var network = new Network();
        network.register_module("again", network.Stack[0] as nn.Module ?? throw new InvalidOperationException());
        Assert.DoesNotContain("again.weight", network.named_parameters().Select(named => named.name));
        Assert.Contains("again.weight", network.state_dict().Keys);
    }

    [Fact]
    public void State_is_copied_and_its_names_are_checked()
    {
        using var source = new Network();
        using var target = new Network();
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.True(source.Stack[0] is Linear from && target.Stack[0] is Linear to && from.weight.Equals(to.weight));
        var state = source.state_dict();
        state.Remove("scale");
        state["other"] = ones(1);
        var error = Assert.Throws<InvalidOperationException>(() => target.load_state_dict(state));
        Assert.Contains("scale", error.Message, StringComparison.Ordinal);
        Assert.Contains("other", error.Message, StringComparison.Ordinal);
        (missing, unexpected) = target.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["other"], unexpected);
        state = source.state_dict();
        state["stack.0.bias"] = ones(1);
        Assert.Throws<ArgumentException>(() => target.load_state_dict(state));
    }

    [Fact]
    public void Modes_reach_all_modules()
    {
        using var network = new Network();
        network.eval();
        Assert.All(network.modules(), module => Assert.False(module.training));
        network.train();
        Assert.True(network.training);
        var visited = new List<string>();
        network.apply(module => visited.Add(module.GetName()));
        Assert.Equal(["Linear", "BatchNorm1d", "ReLU", "Sequential", "Network"], visited);
    }

    [Fact]
    public void Gradients_are_removed_or_zeroed()
    {
        using var network = new Network();
        network.call(randn(4, 3)).sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
        network.zero_grad(set_to_none: false);
        Assert.All(network.parameters(), parameter => Assert.Equal(0, parameter.grad!.abs().sum().ToSingle()));
        network.zero_grad();
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Converting_keeps_objects_types_of_counters_and_gradients()
    {
        using var network = new Network();
        var weight = network.get_parameter("stack.0.weight")!;
        var before = weight.detach().clone();
        network.call(randn(4, 3)).sum().backward();
        Network same = network.to(ScalarType.Float64);
        Assert.Same(network, same);
        Assert.Same(weight, network.get_parameter("stack.0.weight"));
        Assert.Equal(ScalarType.Float64, weight.dtype);
        Assert.True(weight.requires_grad);
        Assert.True(weight.is_leaf);
        Assert.Equal(ScalarType.Float64, weight.grad!.dtype);
        Assert.True(weight.allclose(before.to(ScalarType.Float64)));
        Assert.Equal(ScalarType.Int64, network.get_buffer("stack.1.num_batches_tracked")!.dtype);
        Assert.Equal(ScalarType.Float64, network.get_buffer("stack.1.running_mean")!.dtype);
        Assert.Equal(ScalarType.Float64, network.call(randn(4, 3, ScalarType.Float64)).dtype);
        Assert.Throws<ArgumentException>(() => network.to(ScalarType.Int64));
        Assert.Same(network, network.to(CPU).cpu().to(ones(1)));
        Assert.Equal(ScalarType.Float32, weight.dtype);
    }

    [Fact]
    public void Saved_state_is_loaded_again()
    {
        using var source = new Network();
        using var target = new Network();
        using var file = new MemoryStream();
        source.call(randn(4, 3)).Dispose();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
        {
            source.save(writer);
        }

        file.Position = 0;
        var loaded = new Dictionary<string, bool>();
        target.load(new BinaryReader(file), loadedParameters: loaded);
        Assert.Equal(source.state_dict().Count, loaded.Count);
        foreach (var (name, value) in source.state_dict())
        {
            Assert.True(value.Equals(target.state_dict()[name]), name);
        }

        var path = Path.GetTempFileName();
        try
        {
            source.save(path, skip: ["scale"]);
            Assert.Throws<ArgumentException>(() => target.load(path));
            target.load(path, strict: false);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_file_format_is_TorchSharps()
    {
        using var module = new ByFields();
        var state = new Dictionary<string, Tensor> { ["w"] = tensor([1f, 2f], 1, 2), ["n"] = tensor(300L) };
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
        {
            nn.Module.save_state_dict(writer, state);
        }

        byte[] expected =
        [
            2,
            1, (byte)'w', 6, 2, 1, 2, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40,
            1, (byte)'n', 4, 0, 44, 1, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, file.ToArray());
    }

    [Fact]
    public void A_long_size_takes_several_bytes_and_damage_is_refused()
    {
        using var file = new MemoryStream();
        zeros(300, ScalarType.Byte).Save(new BinaryWriter(file));
        Assert.Equal([0, 1, 0xAC, 0x02], file.ToArray()[..4]);
        file.SetLength(100);
        file.Position = 0;
        Assert.Throws<EndOfStreamException>(() => TensorExtensionMethods.Load(new BinaryReader(file)));
        Assert.Throws<InvalidDataException>(() => TensorExtensionMethods.Load(new BinaryReader(new MemoryStream([99, 0]))));
        Assert.Throws<ArgumentException>(() => zeros(2).Load(new BinaryReader(new MemoryStream([6, 1, 1, 0, 0, 0, 0]))));
    }

    [Fact]
    public void Layers_start_as_in_PyTorch()
    {
        using var linear = Linear(100, 50);
        Assert.InRange(linear.weight.abs().max().ToDouble(), 0.09, 0.1);
        Assert.InRange(linear.bias!.abs().max().ToDouble(), 0.08, 0.1);
        using var convolution = Conv2d(4, 8, 5);
        Assert.InRange(convolution.weight.abs().max().ToDouble(), 0.09, 0.1);
        Assert.Equal([8, 4, 5, 5], convolution.weight.shape);
        Assert.Null(Linear(2, 2, hasBias: false).bias);
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU), 1e-12);
        Assert.InRange(init.xavier_uniform_(empty(50, 100)).abs().max().ToDouble(), 0.19, 0.2);
        Assert.Equal(Math.Sqrt(2 / 100.0), init.kaiming_normal_(empty(50, 100)).std().ToDouble(), 0.01);
        Equal([3, 3], init.constant_(empty(2), 3));
    }

    [Fact]
    public void Batch_norm_layers_track_statistics_and_check_dimensions()
    {
        using var layer = BatchNorm1d(2);
        layer.call(tensor([0f, 10, 2, 10], 2, 2)).Dispose();
        Equal([0.1f, 1], layer.running_mean!);
        Equal([1L], layer.num_batches_tracked!);
        layer.eval();
        layer.call(ones(2, 2)).Dispose();
        Equal([1L], layer.num_batches_tracked!);
        Assert.Throws<ArgumentException>(() => layer.call(ones(2, 2, 2, 2)));
        using var plain = BatchNorm2d(3, affine: false, track_running_stats: false);
        plain.eval();
        Assert.Equal(0, plain.call(randn(4, 3, 2, 2)).mean().ToDouble(), 1e-6);
    }

    [Fact]
    public void A_sequence_calls_its_modules_in_order()
    {
        using var sequence = Sequential(("first", Linear(3, 2)), ("second", ReLU()));
        sequence.append("third", Dropout());
        sequence.eval();
        Assert.Equal(["first", "second", "third"], sequence.named_children().Select(named => named.name));
        Assert.Equal(3, sequence.Count);
        Assert.True((sequence.call(randn(4, 3)) >= 0).all().item<bool>());
        Equal([1], Sequential().call(ones(1)));
        using var images = Sequential(
            Conv2d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Circular), MaxPool2d(2), Flatten());
        Assert.Equal([2, 8], images.call(rand(2, 1, 4, 4)).shape);
    }

    private sealed class Network : Module<Tensor, Tensor>
    {
        private readonly Parameter scale = Parameter(ones(2));

        public Network()
            : base(nameof(Network))
        {
            register_parameter("scale", scale);
            register_buffer("count", zeros(1, ScalarType.Int64));
            register_buffer("noise", zeros(1), persistent: false);
            register_module("stack", Stack);
        }

        public Sequential Stack { get; } = Sequential(Linear(3, 2), BatchNorm1d(2), ReLU());

        public override Tensor forward(Tensor input) => Stack.call(input) * scale;
    }

    private sealed class ByFields : Module<Tensor, Tensor>
    {
        private readonly Parameter weight = Parameter(ones(1));
        private readonly Tensor offset = zeros(1);
        private readonly Linear first = Linear(1, 1);

        public ByFields()
            : base(nameof(ByFields)) => RegisterComponents();

        public override Tensor forward(Tensor input) => (first.call(input) * weight) + offset;
    }
}
