using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Parameters as constants for the time of a step: autograd passes through their network to its inputs, and neither computes nor
/// adds a gradient of theirs.
/// </summary>
public readonly struct ConstantParameters : IDisposable
{
    private readonly List<Parameter>? _learned;

    /// <summary>Holds the parameters of a network constant.</summary>
    /// <param name="model">The network.</param>
    public ConstantParameters(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _learned = [.. model.parameters().Where(parameter => parameter.requires_grad)];
        foreach (var parameter in _learned) parameter.requires_grad = false;
    }

    /// <summary>Lets those learn again that did.</summary>
    public void Dispose()
    {
        foreach (var parameter in _learned ?? []) parameter.requires_grad = true;
    }
}
