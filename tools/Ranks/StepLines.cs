using System.Globalization;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Ranks;

/// <summary>A line for each step, and one for each epoch.</summary>
internal sealed class StepLines : ITrainingProgress
{
    public void Started(TrainingRun run)
    {
    }

    public void Stepped(long step, Tensor loss) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"step {step} {loss.ToDouble():R}"));

    public void EpochEnded(EpochReport epoch) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} {epoch.Loss:R} {epoch.Accuracy ?? 0:R}"));

    public void Finished(TrainingReport report)
    {
    }
}
