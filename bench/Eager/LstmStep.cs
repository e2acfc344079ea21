using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>lstm-adam: the twin of <see cref="LongMemory"/> and its trainers.</summary>
internal sealed class LstmStep() : ClassifierStep(new LastState())
{
    private sealed class LastState : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM _recurrent = nn.LSTM(64, 128, batchFirst: true);
        private readonly Linear _linear = nn.Linear(128, 10);

        public LastState() : base(nameof(LongMemory)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (states, _, _) = _recurrent.call(input);
            return _linear.call(states.select(1, -1));
        }
    }
}
