using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The parameters and buffers of one layer of a generated model, as a module of their own: a state dictionary then names
/// them as PyTorch's <c>nn.Sequential</c> does, <c>0.weight</c>.
/// </summary>
/// <remarks>The model that owns the layer lays the parameters out in its arena and moves them; the layer only holds
/// them.</remarks>
public sealed class LayerState : nn.Module
{
    /// <summary>An empty layer.</summary>
    /// <param name="name">The layer's position in its model.</param>
    public LayerState(string name) : base(name)
    {
    }

    /// <summary>Holds a parameter under a name, in place of one that was held before.</summary>
    /// <param name="name">Name inside the layer: weight or bias.</param>
    /// <param name="view">The part of the arena that the parameter is; the parameter takes it over.</param>
    /// <param name="isFrozen">Whether autograd records nothing for it.</param>
    public Parameter Hold(string name, Tensor view, bool isFrozen = false)
    {
        var parameter = new Parameter(view, requires_grad: !isFrozen);
        Hold(name, parameter);
        return parameter;
    }

    /// <summary>Holds a parameter that another layer holds too: both name the same tensor in a state dictionary.</summary>
    /// <param name="name">Name inside this layer.</param>
    /// <param name="parameter">The other layer's parameter.</param>
    public void Hold(string name, Parameter parameter)
    {
        if (!_internal_params.TryAdd(name, parameter)) _internal_params[name] = parameter;
    }

    /// <summary>Holds a buffer under a name, in place of one that was held before, whatever dispose scope is open.</summary>
    public void HoldBuffer(string name, Tensor buffer)
    {
        buffer.DetachFromDisposeScope();
        if (!_internal_buffers.TryAdd(name, (buffer, true))) _internal_buffers[name] = (buffer, true);
    }

    /// <summary>A buffer in another type or on another device; the old one is freed.</summary>
    public static Tensor Move(Tensor buffer, ScalarType? dtype, Device? device)
    {
        if (ParameterArena.IsAt(buffer, dtype, device)) return buffer;
        var moved = buffer.to(dtype ?? buffer.dtype, device ?? buffer.device);
        buffer.Dispose();
        return moved;
    }

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        // Nothing is found by reflection: Hold registers.
    }

    /// <inheritdoc/>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        // The owning model moves its arena and buffers and has this layer hold the new ones.
    }
}
