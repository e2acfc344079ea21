using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The state of a trainer in a safetensors file: tensors by name, and in the metadata the trainer that wrote them, its step
/// and its seed. Any safetensors library reads it.
/// </summary>
public static class Checkpoint
{
    private const string KindKey = "dsl.trainer";
    private const string StepKey = "dsl.step";
    private const string SeedKey = "dsl.seed";

    /// <summary>Writes a checkpoint. A save that fails leaves the file that was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The trainer that the state belongs to.</param>
    /// <param name="state">Every tensor that outlives a step.</param>
    /// <param name="step">Steps done, at least 0.</param>
    /// <param name="seed">The run's seed.</param>
    public static void Save(string path, string kind, IReadOnlyDictionary<string, Tensor> state, long step, long seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var metadata = new Dictionary<string, string>
        {
            [KindKey] = kind,
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
            [SeedKey] = seed.ToString(CultureInfo.InvariantCulture),
        };
        Safetensors.Write(path, state, metadata);
    }

    /// <summary>Refuses to go on with weights that are not finite, before they replace a checkpoint of ones that are.</summary>
    /// <param name="path">The file that is about to be replaced.</param>
    /// <param name="values">The weights.</param>
    /// <param name="step">Steps done.</param>
    /// <exception cref="InvalidOperationException">A weight is infinite or NaN; the message says where the last good checkpoint is.</exception>
    public static void RequireFinite(string path, Tensor values, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(values);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (values.numel() == 0 || double.IsFinite(values.abs().max().ToDouble()))
        {
            return;
        }

        throw new InvalidOperationException(
            $"The run has diverged: after step {step} the weights are no longer finite. "
            + (File.Exists(path) ? $"{path} is the last good checkpoint." : $"Nothing was saved to {path} yet.")
            + " Try a smaller learning rate, a warm-up or [ClipGradNorm].");
    }

    /// <summary>Reads a checkpoint into the tensors of a trainer: all of them, or none when the file does not fit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The trainer that the state belongs to.</param>
    /// <param name="state">The tensors to fill, by name.</param>
    /// <returns>Steps done and the run's seed.</returns>
    /// <exception cref="InvalidDataException">The file is of another trainer, or its tensors are others; the message lists them.</exception>
    public static (long Step, long Seed) Load(string path, string kind, IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(state);
        using var saved = Safetensors.Read(path);
        RequireKind(path, kind, saved.Metadata);
        RequireSameTensors(path, saved, state);
        var step = Number(path, StepKey, saved.Metadata);
        var seed = Number(path, SeedKey, saved.Metadata);
        using var noGrad = no_grad();
        foreach (var (name, tensor) in state)
        {
            tensor.copy_(saved[name]);
        }

        return (step, seed);
    }

    private static void RequireKind(string path, string kind, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(KindKey, out var found))
        {
            throw new InvalidDataException($"{path} is not a trainer's checkpoint: its metadata has no '{KindKey}'.");
        }

        if (found != kind)
        {
            throw new InvalidDataException($"{path} is a checkpoint of {found}; a {kind} cannot resume from it.");
        }
    }

    private static void RequireSameTensors(
        string path, IReadOnlyDictionary<string, Tensor> saved, IReadOnlyDictionary<string, Tensor> state)
    {
        List<string> differences =
        [
            .. state.Keys.Where(name => !saved.ContainsKey(name)).Select(name => $"{name} is missing"),
            .. saved.Keys.Where(name => !state.ContainsKey(name)).Select(name => $"{name} is not expected"),
            .. state.Where(pair => saved.ContainsKey(pair.Key) && !IsAlike(saved[pair.Key], pair.Value))
                .Select(pair => $"{pair.Key} is {Describe(saved[pair.Key])} where {Describe(pair.Value)} is expected"),
        ];
        if (differences.Count == 0)
        {
            return;
        }

        const int shown = 5;
        var more = differences.Count > shown ? $"; and {differences.Count - shown} more" : string.Empty;
        throw new InvalidDataException(
            $"{path} does not fit: {string.Join("; ", differences.Take(shown))}{more}. Was the declaration changed after it was saved?");
    }

    private static bool IsAlike(Tensor saved, Tensor expected) =>
        saved.dtype == expected.dtype && saved.shape.AsSpan().SequenceEqual(expected.shape);

    private static string Describe(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] {tensor.dtype}";

    private static long Number(string path, string key, IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException($"{path} is damaged: its metadata has no whole number '{key}'.");
}
