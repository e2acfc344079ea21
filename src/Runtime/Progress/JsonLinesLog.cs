using System.Text.Json;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A run as a log that programs read: one JSON object on each line, appended to a file.</summary>
/// <remarks>
/// Lines: <c>{"event":"started","name":...,"totalSteps":...,"stepsPerEpoch":...}</c>,
/// <c>{"event":"step","step":...,"loss":...,"seconds":...}</c>,
/// <c>{"event":"finished","name":...,"steps":...,"seconds":...,"loss":...,"stepsPerSecond":...}</c>.
/// With <c>[TrainingAccuracy]</c>, steps and the end have an <c>"accuracy"</c>, that of the predictions of the present epoch so
/// far. Of a trainer with several terms or descents, steps have the loss of each by its name, <c>"losses":{"generator":...}</c>.
/// After an epoch
/// <c>{"event":"epoch","epoch":...,"steps":...,"loss":...,"learningRate":...,"validation":{...},"seconds":...}</c>, its
/// means; <c>"validation"</c> where there are validation data, and <c>"losses"</c> as of a step.
/// Of a step that <c>[OnNonFinite]</c> refused: <c>{"event":"skipped","step":...,"skippedSteps":...,"seconds":...}</c> or
/// <c>{"event":"rolledBack","step":...,"rollBacks":...,"learningRateScale":...,"seconds":...}</c>, whatever steps are logged.
/// A number that JSON cannot write is a string: "NaN", "Infinity".
/// </remarks>
public sealed class JsonLinesLog : ITrainingProgress, IDisposable
{
    private readonly FileStream _file;
    private readonly long _every;
    private readonly TimeProvider _time = TimeProvider.System;
    private long _started;

    /// <summary>Opens a log; what is in the file stays.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="every">Steps from one logged loss to the next, at least 1. Each reading makes the device finish its
    /// work.</param>
    public JsonLinesLog(string path, long every = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        _every = every;
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <inheritdoc/>
    public void Started(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _started = _time.GetTimestamp();
        WriteLine(json =>
        {
            json.WriteString("event", "started");
            json.WriteString("name", run.Name);
            json.WriteNumber("totalSteps", run.TotalSteps);
            json.WriteNumber("stepsPerEpoch", run.StepsPerEpoch);
        });
    }

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss) => Write(step, loss);

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, EpochAccuracy accuracy) => Write(step, loss, accuracy);

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses) =>
        Write(step, loss, losses: losses);

    /// <inheritdoc/>
    public void Evaluated(long step, IEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        WriteLine(json =>
        {
            json.WriteString("event", "evaluation");
            json.WriteNumber("step", step);
            foreach (var (name, value) in evaluation.Metrics) JsonNumber.Write(json, name, value);
            JsonNumber.Write(json, "seconds", _time.GetElapsedTime(_started).TotalSeconds);
        });
    }

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        WriteLine(json =>
        {
            json.WriteString("event", "epoch");
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("steps", epoch.Steps);
            JsonNumber.Write(json, "loss", epoch.Loss);
            WriteNumbers(json, "losses", epoch.Losses);
            if (epoch.Accuracy is { } accuracy) JsonNumber.Write(json, "accuracy", accuracy);
            JsonNumber.Write(json, "learningRate", epoch.LearningRate);
            WriteNumbers(json, "validation", epoch.Validation);
            JsonNumber.Write(json, "seconds", _time.GetElapsedTime(_started).TotalSeconds);
        });
    }

    /// <inheritdoc/>
    public void Skipped(long step, long skippedSteps) => WriteLine(json =>
    {
        json.WriteString("event", "skipped");
        json.WriteNumber("step", step);
        json.WriteNumber("skippedSteps", skippedSteps);
        JsonNumber.Write(json, "seconds", _time.GetElapsedTime(_started).TotalSeconds);
    });

    /// <inheritdoc/>
    public void Warned(long step, string warning) => WriteLine(json =>
    {
        json.WriteString("event", "warned");
        json.WriteNumber("step", step);
        json.WriteString("warning", warning);
        JsonNumber.Write(json, "seconds", _time.GetElapsedTime(_started).TotalSeconds);
    });

    /// <inheritdoc/>
    public void RolledBack(long step, long rollBacks, double learningRateScale) => WriteLine(json =>
    {
        json.WriteString("event", "rolledBack");
        json.WriteNumber("step", step);
        json.WriteNumber("rollBacks", rollBacks);
        JsonNumber.Write(json, "learningRateScale", learningRateScale);
        JsonNumber.Write(json, "seconds", _time.GetElapsedTime(_started).TotalSeconds);
    });

    /// <inheritdoc/>
    public void Finished(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        WriteLine(json =>
        {
            json.WriteString("event", "finished");
            json.WriteString("name", report.Name);
            json.WriteNumber("steps", report.Steps);
            JsonNumber.Write(json, "seconds", report.Duration.TotalSeconds);
            JsonNumber.Write(json, "loss", report.FinalLoss);
            if (report.TrainingAccuracy.Count > 0) JsonNumber.Write(json, "accuracy", report.TrainingAccuracy[^1]);
            JsonNumber.Write(json, "stepsPerSecond", report.StepsPerSecond);
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(
        long step, Tensor loss, EpochAccuracy? accuracy = null, IReadOnlyList<(string Name, Tensor? Loss)>? losses = null)
    {
        if (step % _every != 0)
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(loss);
        WriteLine(json =>
        {
            json.WriteString("event", "step");
            json.WriteNumber("step", step);
            JsonNumber.Write(json, "loss", Aten.item(loss));
            if (losses is not null) WriteLosses(json, losses);
            if (accuracy is not null) JsonNumber.Write(json, "accuracy", accuracy.Present);
            JsonNumber.Write(json, "seconds", _time.GetElapsedTime(_started).TotalSeconds);
        });
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<(string Name, double Value)> numbers)
    {
        if (numbers.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers) JsonNumber.Write(json, key, value);
        json.WriteEndObject();
    }

    private static void WriteLosses(Utf8JsonWriter json, IReadOnlyList<(string Name, Tensor? Loss)> losses)
    {
        json.WriteStartObject("losses");
        foreach (var (name, value) in losses)
        {
            if (value is not null) JsonNumber.Write(json, name, Aten.item(value));
        }

        json.WriteEndObject();
    }

    // Every line is flushed: a log is read while the run lasts, and after a crash.
    private void WriteLine(Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(_file))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        _file.WriteByte((byte)'\n');
        _file.Flush();
    }
}
