using System.Text;
using System.Text.Json;

namespace Dsl.Runtime;

/// <summary>
/// The history of a run as JSON in a checkpoint's metadata: what was computed of each epoch, and the sums of the one that goes
/// on. No
/// times, so that the file of a resumed run is that of the uninterrupted one; nor the accuracy in training.
/// </summary>
internal static class SavedHistory
{
    /// <summary>The history as text.</summary>
    public static string Write(TrainingHistory history)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", history.Epoch);
            json.WriteNumber("best", history.BestEpoch);
            json.WriteNumber("steps", history.Means.Steps);
            json.WriteStartArray("sums");
            if (history.Epoch > 0)
            {
                foreach (var (name, sum, count) in history.Means.Sums())
                {
                    json.WriteStartObject();
                    json.WriteString("name", name);
                    json.WriteNumber("sum", sum);
                    json.WriteNumber("count", count);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteStartArray("epochs");
            foreach (var epoch in history.Epochs) Write(json, epoch);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads it back.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="text">What <see cref="Write(TrainingHistory)"/> returned; null of a file that has none, as older
    /// ones.</param>
    /// <param name="history">Where it goes.</param>
    /// <returns>What puts it there.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Action Read(string path, string? text, TrainingHistory history)
    {
        if (text is null) return history.Restart;

        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            EpochReport[] epochs = [.. root.GetProperty("epochs").EnumerateArray().Select(ReadEpoch)];
            (string, double, long)[] sums =
            [
                .. root.GetProperty("sums").EnumerateArray().Select(sum =>
                    (sum.GetProperty("name").GetString()!, Number(sum.GetProperty("sum")), Count(sum, "count"))),
            ];
            long epoch = Count(root, "epoch"), best = Count(root, "best"), steps = Count(root, "steps");
            return () => history.Restore(epochs, epoch, best, steps, sums);
        }
        catch (Exception error) when (
            error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is damaged: the history of the run in its metadata cannot be read.", error);
        }
    }

    private static void Write(Utf8JsonWriter json, EpochReport epoch)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", epoch.Epoch);
        json.WriteNumber("steps", epoch.Steps);
        JsonNumber.Write(json, "loss", epoch.Loss);
        JsonNumber.Write(json, "learningRate", epoch.LearningRate);
        Write(json, "losses", epoch.Losses);
        Write(json, "validation", epoch.Validation);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<(string Name, double Value)> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers) JsonNumber.Write(json, key, value);
        json.WriteEndObject();
    }

    private static EpochReport ReadEpoch(JsonElement json) =>
        new(Count(json, "epoch"), Count(json, "steps"), Number(json.GetProperty("loss")))
        {
            LearningRate = Number(json.GetProperty("learningRate")),
            Losses = Numbers(json.GetProperty("losses")),
            Validation = Numbers(json.GetProperty("validation")),
        };

    private static (string, double)[] Numbers(JsonElement json) =>
        [.. json.EnumerateObject().Select(member => (member.Name, Number(member.Value)))];

    private static long Count(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    private static double Number(JsonElement json) => JsonNumber.Read(json);
}
