using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>gru-adam: the twin of <see cref="GatedUnits"/> and its trainers.</summary>
internal sealed class GruStep() : ClassifierStep(new LastState())
{
    private sealed class LastState : nn.Module<Tensor, Tensor>
    {
        private readonly GRU _recurrent = nn.GRU(64, 128, batchFirst: true);
        private readonly Linear _linear = nn.Linear(128, 10);

        public LastState() : base(nameof(GatedUnits)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (states, _) = _recurrent.call(input);
            return _linear.call(states.select(1, -1));
        }
    }
}
