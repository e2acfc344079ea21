using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The mode of a network and of every module in it.</summary>
/// <param name="model">The network, as it is now.</param>
internal sealed class ModuleModes(nn.Module model)
{
    // Parents come before their children: setting a parent's mode sets its children's, which then set their own.
    private readonly List<(nn.Module Module, bool Training)> _modes =
        [(model, model.training), .. model.modules().Select(module => (module, module.training))];

    /// <summary>Gives every module its mode back.</summary>
    public void Restore()
    {
        foreach (var (module, training) in _modes) module.train(training);
    }
}
