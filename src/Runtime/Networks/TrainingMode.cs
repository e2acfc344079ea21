using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Training mode for the time of a step, whatever a network was set to; each module's own mode again at the end. A network that
/// is in training mode stays as it is, with those of its parts that somebody has put in evaluation mode.
/// </summary>
public readonly struct TrainingMode : IDisposable
{
    private readonly ModuleModes? _before;

    /// <summary>Puts a network in training mode.</summary>
    /// <param name="model">The network.</param>
    public TrainingMode(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.training) return;
        _before = new ModuleModes(model);
        model.train();
    }

    /// <summary>Gives every module its mode back.</summary>
    public void Dispose() => _before?.Restore();
}
