using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Evaluation mode while anybody predicts: the first who enters sets it, the last who leaves restores what was, so that several
/// threads can predict at once.
/// </summary>
/// <param name="network">The network.</param>
internal sealed class EvaluationGate(nn.Module network)
{
    private readonly Lock _lock = new();
    private int _inside;
    private ModuleModes? _before;

    /// <summary>Enters; disposing the result leaves.</summary>
    public Pass Enter()
    {
        lock (_lock)
        {
            if (_inside++ == 0 && network.training)
            {
                _before = new ModuleModes(network);
                network.eval();
            }
        }

        return new Pass(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_inside > 0) return;
            _before?.Restore();
            _before = null;
        }
    }

    /// <summary>A stay.</summary>
    public readonly ref struct Pass(EvaluationGate gate)
    {
        public void Dispose() => gate.Leave();
    }
}
