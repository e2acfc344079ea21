using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The parameters and buffers of a generated model by their names in a state dictionary, <c>2.0.weight</c>: where each lies in
/// the arena, which layer holds it, and what all of them have done to them together.
/// </summary>
/// <remarks>
/// Parameters lie in the arena in the order in which they are asked for: weights, with two dimensions or more, from its first
/// element on; vectors and frozen parameters each from a place of their own. Each begins at a multiple of
/// <see cref="ParameterArena.Alignment"/>. After the arena has moved they are asked for anew, in the same order.
/// </remarks>
/// <param name="network">The model, to which layers are added when they first hold something.</param>
/// <param name="arena">Where parameters lie.</param>
/// <param name="vectors">The place of the first trained parameter with fewer than two dimensions.</param>
/// <param name="frozen">The place of the first frozen parameter.</param>
public sealed class NetworkState(nn.Module network, ParameterArena arena, long vectors, long frozen)
{
    private readonly ParameterArena _arena = Named(arena, network);
    private readonly Dictionary<string, LayerState> _layers = [];
    private readonly Dictionary<string, Tensor> _buffers = [];
    private readonly List<Parameter> _trained = [];
    private readonly (long Weight, long Vector, long Frozen) _first = (0, vectors, frozen);
    private (long Weight, long Vector, long Frozen) _next = (0, vectors, frozen);

    /// <summary>The next trained parameter.</summary>
    /// <param name="name">Its name in a state dictionary.</param>
    /// <param name="shape">Its shape.</param>
    public Parameter Parameter(string name, params ReadOnlySpan<long> shape)
    {
        var parameter = Hold(name, ref shape.Length >= 2 ? ref _next.Weight : ref _next.Vector, shape, isFrozen: false);
        _trained.Add(parameter);
        return parameter;
    }

    /// <summary>The next frozen parameter.</summary>
    /// <param name="name">Its name in a state dictionary.</param>
    /// <param name="shape">Its shape.</param>
    public Parameter Frozen(string name, params ReadOnlySpan<long> shape) => Hold(name, ref _next.Frozen, shape, isFrozen: true);

    /// <summary>A parameter under a second name.</summary>
    public void Share(string name, Parameter parameter)
    {
        var (layer, own) = Place(name);
        layer.Hold(own, parameter);
    }

    /// <summary>State that no gradient reaches: new where there is none of the name, else as it is.</summary>
    /// <param name="name">Its name in a state dictionary.</param>
    /// <param name="type">Its type when it is new.</param>
    /// <param name="initial">What a new one is filled with.</param>
    /// <param name="shape">Its shape.</param>
    public Tensor Buffer(string name, ScalarType type, double initial, params ReadOnlySpan<long> shape)
    {
        if (!_buffers.TryGetValue(name, out var buffer))
        {
            _buffers[name] = buffer = initial == 0 ? zeros(shape, type) : Aten.full(shape, initial, type);
        }

        var (layer, own) = Place(name);
        layer.HoldBuffer(own, buffer);
        return buffer;
    }

    /// <summary>Converts or moves the arena and the buffers; what was given out is asked for anew.</summary>
    /// <param name="dtype">New type of what is real; null to keep it.</param>
    /// <param name="device">New device; null to stay.</param>
    /// <returns>Whether anything is elsewhere now: if not, what was given out stays as it is.</returns>
    public bool MoveTo(ScalarType? dtype, Device? device)
    {
        var hasMoved = _arena.MoveTo(dtype, device);
        foreach (var (name, buffer) in _buffers.ToArray())
        {
            var moved = LayerState.Move(buffer, buffer.is_floating_point() ? dtype : null, device);
            hasMoved |= !ReferenceEquals(moved, buffer);
            _buffers[name] = moved;
        }

        if (!hasMoved) return false;
        _trained.Clear();
        _next = _first;
        return true;
    }

    /// <summary>Makes the <c>grad</c> of every trained parameter a view of <c>Arena.Gradients</c>.</summary>
    public void BindGradients()
    {
        foreach (var parameter in _trained)
        {
            parameter.grad = _arena.GradientOf(parameter);
        }
    }

    /// <summary>Copies the buffers of another network of the same kind.</summary>
    public void CopyBuffersFrom(NetworkState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (name, buffer) in _buffers)
        {
            buffer.copy_(other._buffers[name]);
        }
    }

    private static ParameterArena Named(ParameterArena arena, nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(network);
        arena.Owner = network.GetType().FullName;
        return arena;
    }

    private Parameter Hold(string name, ref long next, ReadOnlySpan<long> shape, bool isFrozen)
    {
        var (layer, own) = Place(name);
        var parameter = layer.Hold(own, _arena.View(next, shape), isFrozen);
        long count = parameter.numel();
        next += (count + ParameterArena.Alignment - 1) / ParameterArena.Alignment * ParameterArena.Alignment;
        return parameter;
    }

    /// <summary>A dotted name as the layer that holds it and what it is called there.</summary>
    private (LayerState Layer, string Own) Place(string name)
    {
        int dot = name.LastIndexOf('.');
        return (Layer(name[..dot]), name[(dot + 1)..]);
    }

    private LayerState Layer(string path)
    {
        if (_layers.TryGetValue(path, out var known))
        {
            return known;
        }

        int dot = path.LastIndexOf('.');
        nn.Module owner = dot < 0 ? network : Layer(path[..dot]);
        var layer = new LayerState(path[(dot + 1)..]);
        owner.register_module(path[(dot + 1)..], layer);
        return _layers[path] = layer;
    }
}
