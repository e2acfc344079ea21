using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A run as event files that TensorBoard reads (<c>tensorboard --logdir runs</c>), by TorchSharp's own writer.</summary>
/// <remarks>
/// Scalars over the step: <c>step/loss</c> and <c>step/</c> each term every few steps; at the end of each epoch
/// <c>epoch/loss</c>, each
/// term and <c>epoch/accuracy</c>, <c>validation/</c> each number, and <c>learningRate</c>. Numbers are single-precision, as the
/// format is.
/// </remarks>
public sealed class TensorBoardLog : ITrainingProgress
{
    private readonly SummaryWriter _writer;
    private readonly long _every;
    private long _step;

    /// <summary>Opens a log; what is in the folder stays, and a resumed run goes on there.</summary>
    /// <param name="folder">Where event files go, one folder for each run; it is created.</param>
    /// <param name="every">Steps from one logged loss to the next, at least 1. Each reading makes the device finish its
    /// work.</param>
    public TensorBoardLog(string folder, long every = 50)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Checkpoint.CreateFolder(Path.Combine(folder, "events"));
        _every = every;
        _writer = utils.tensorboard.SummaryWriter(folder);
        Folder = folder;
    }

    /// <summary>Where the event files are.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public void Started(TrainingRun run)
    {
    }

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss) => Stepped(step, loss, []);

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(losses);
        _step = step;
        if (step % _every != 0) return;
        Write("step/loss", Aten.item(loss));
        foreach (var (name, value) in losses)
        {
            if (value is not null) Write("step/" + name, Aten.item(value));
        }
    }

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        Write("epoch/loss", epoch.Loss);
        foreach (var (name, loss) in epoch.Losses) Write("epoch/" + name, loss);
        if (epoch.Accuracy is { } accuracy) Write("epoch/accuracy", accuracy);
        foreach (var (name, value) in epoch.Validation) Write("validation/" + name, value);
        Write("learningRate", epoch.LearningRate);
    }

    /// <inheritdoc/>
    public void Finished(TrainingReport report)
    {
    }

    /// <summary>A folder for a run that no run has used: that of its name, with a number behind it where there is one
    /// already.</summary>
    internal static string NewFolder(string parent, string name)
    {
        char[] refused = Path.GetInvalidFileNameChars();
        string plain = string.Concat(name.Select(character => refused.Contains(character) ? '_' : character)).Trim();
        string first = Path.Combine(parent, plain.Length == 0 ? "run" : plain), folder = first;
        for (int number = 2; Directory.Exists(folder); number++) folder = $"{first}-{number}";
        return folder;
    }

    // The format counts steps in 32 bits in TorchSharp's writer.
    private void Write(string tag, double value) => _writer.add_scalar(tag, (float)value, checked((int)_step));
}
