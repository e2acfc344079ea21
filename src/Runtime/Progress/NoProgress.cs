using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Nobody watches.</summary>
internal sealed class NoProgress : ITrainingProgress
{
    public void Started(TrainingRun run)
    {
    }

    public void Stepped(long step, Tensor loss)
    {
    }

    public void Finished(TrainingReport report)
    {
    }
}
