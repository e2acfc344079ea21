using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The state of a trainer in a safetensors file: tensors by name, and in the metadata the trainer that wrote them, its step, its
/// seed and its numbers, and a checksum of the file. Any safetensors library reads it.
/// </summary>
public static class Checkpoint
{
    private const string KindKey = "dsl.trainer";
    private const string StepKey = "dsl.step";
    private const string SeedKey = "dsl.seed";
    private const string HistoryKey = "dsl.history";
    private const string FrozenKey = "dsl.frozen";

    /// <summary>
    /// Makes sure that a run can be saved, before its first step: creates the folder of its file, and refuses a path that cannot
    /// be written.
    /// </summary>
    /// <param name="path">The file that the run is going to be saved to.</param>
    /// <exception cref="IOException">Nothing can be written there; the message says why.</exception>
    public static void Prepare(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new IOException($"The run cannot be saved to {path}: it is a folder, and a file is needed.");
        }

        CreateFolder(path);
        new TemporaryFile(path).Dispose();
    }

    /// <summary>Refuses to save while a gradient waits to be applied: it would be lost.</summary>
    /// <param name="gradients">The sum of the gradients since the last update; all zero when none waits.</param>
    /// <exception cref="InvalidOperationException">One waits.</exception>
    public static void RequireApplied(Tensor gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        using var noGrad = no_grad();
        using var any = gradients.any();
        if (Aten.is_nonzero(any))
        {
            throw new InvalidOperationException(
                "A gradient waits to be applied, and a checkpoint does not hold it: save after ApplyGradients, or clear the "
                + "gradients first.");
        }
    }

    /// <summary>
    /// Writes a checkpoint, in a folder that is created when there is none. A save that fails leaves the file that was there.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The trainer that the state belongs to.</param>
    /// <param name="state">Every tensor that outlives a step.</param>
    /// <param name="step">Steps done, at least 0.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="recipe">The trainer's numbers by name, or null.</param>
    /// <param name="history">The epochs so far as text, or null.</param>
    /// <param name="frozen">The names of the parameters that are frozen for now, or null.</param>
    /// <exception cref="InvalidOperationException">A tensor holds NaN or infinity; the message says which, and where the last
    /// good checkpoint is.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void Save(
        string path, string kind, IReadOnlyDictionary<string, Tensor> state, long step, long seed,
        IReadOnlyDictionary<string, double>? recipe = null, string? history = null,
        IReadOnlyCollection<string>? frozen = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        Collect(path, kind, state, step, seed, recipe ?? new Dictionary<string, double>(), history, frozen ?? []).Write(path);
    }

    /// <summary>What a checkpoint is going to hold.</summary>
    /// <exception cref="InvalidOperationException">A tensor holds NaN or infinity.</exception>
    internal static CheckpointContent Collect(
        string path, string kind, IReadOnlyDictionary<string, Tensor> state, long step, long seed,
        IReadOnlyDictionary<string, double> recipe, string? history, IReadOnlyCollection<string> frozen)
    {
        RequireFinite(path, state, step);
        var metadata = new Dictionary<string, string>
        {
            [KindKey] = kind,
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
            [SeedKey] = seed.ToString(CultureInfo.InvariantCulture),
        };
        if (history is not null) metadata.Add(HistoryKey, history);
        if (frozen.Count > 0) metadata.Add(FrozenKey, string.Join('\n', frozen));
        SavedRecipe.AddTo(metadata, recipe);
        return new(state, metadata);
    }

    /// <summary>
    /// Reads a checkpoint into the tensors of a trainer: all of them, or none when the file does not fit. What dead processes
    /// left of their saves to this file is removed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The trainer that the state belongs to.</param>
    /// <param name="state">The tensors to fill, by name.</param>
    /// <param name="recipe">The trainer's numbers by name, or null.</param>
    /// <param name="withOtherNumbers">Whether the trainer goes on with its own numbers where the file has others.</param>
    /// <returns>Steps done and the run's seed.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, of another trainer, holds NaN or infinity, or its tensors are
    /// others; the message lists them.</exception>
    /// <exception cref="InvalidOperationException">The file was saved with other numbers; the message lists them.</exception>
    public static (long Step, long Seed) Load(
        string path, string kind, IReadOnlyDictionary<string, Tensor> state,
        IReadOnlyDictionary<string, double>? recipe = null, bool withOtherNumbers = false) =>
        Load(path, kind, state, recipe, withOtherNumbers, (_, _) => () => { });

    /// <summary>Likewise, with what else the file holds: <c>prepare</c> checks the history, null where there is none, and the
    /// names of frozen parameters, and what it returns takes them over when the rest of the file is right, too.</summary>
    internal static (long Step, long Seed) Load(
        string path, string kind, IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, double>? recipe,
        bool withOtherNumbers, Func<string?, IReadOnlyList<string>, Action> prepare)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(state);
        TemporaryFile.RemoveLeftovers(path);
        using var saved = Safetensors.ReadAndCheck(path);
        RequireKind(path, kind, saved.Metadata);
        RequireSameTensors(path, saved, state);
        RequireFinite(path, saved);
        var step = Number(path, StepKey, saved.Metadata);
        var seed = Number(path, SeedKey, saved.Metadata);
        if (recipe is not null)
        {
            RequireSameRecipe(path, saved.Metadata, recipe, withOtherNumbers);
        }

        if (step < 0)
        {
            throw new InvalidDataException($"{path} is damaged: it is of step {step}.");
        }

        var takeOver = prepare(
            saved.Metadata.GetValueOrDefault(HistoryKey),
            saved.Metadata.TryGetValue(FrozenKey, out var names) ? names.Split('\n') : []);
        using var noGrad = no_grad();
        foreach (var (name, tensor) in state)
        {
            tensor.copy_(saved[name]);
        }

        takeOver();
        return (step, seed);
    }

    /// <summary>How many rows a tensor of a checkpoint has.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The tensor.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or has no such tensor.</exception>
    public static long Rows(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var saved = Safetensors.ReadAndCheck(path);
        return saved.TryGetValue(name, out var tensor) && tensor.dim() > 0
            ? tensor.size(0)
            : throw new InvalidDataException(
                $"{path} does not fit: {name} is missing. Was the declaration changed after it was saved?");
    }

    internal static void CreateFolder(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The run cannot be saved to {path}: its folder cannot be created. {error.Message}", error);
        }
    }

    private static void RequireFinite(string path, IReadOnlyDictionary<string, Tensor> state, long step)
    {
        var names = FiniteState.Exceptions(state);
        if (names.Count > 0)
        {
            throw new InvalidOperationException(
                $"The run has diverged: after step {step} there is NaN or infinity in {FiniteState.List(names)}. "
                + (File.Exists(path) ? $"{path} is the last good checkpoint." : $"Nothing was saved to {path} yet.")
                + " Try a smaller learning rate, a warm-up or [ClipGradNorm].");
        }
    }

    private static void RequireFinite(string path, SafetensorsFile saved)
    {
        var names = FiniteState.Exceptions(saved);
        if (names.Count > 0)
        {
            throw new InvalidDataException(
                $"{path} is of a run that has diverged: there is NaN or infinity in {FiniteState.List(names)}. "
                + "Resume from an earlier checkpoint.");
        }
    }

    private static void RequireSameRecipe(
        string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, double> recipe,
        bool withOtherNumbers)
    {
        var differences = SavedRecipe.Differences(path, metadata, recipe);
        if (differences.Count > 0 && !withOtherNumbers)
        {
            throw new InvalidOperationException(
                $"{path} was saved with other numbers than this trainer has: {string.Join("; ", differences)}. Set them as they "
                + "were, or go on with the trainer's by Resume(path, withOtherNumbers: true).");
        }
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

    internal static void RequireSameTensors(
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
            $"{path} does not fit: {string.Join("; ", differences.Take(shown))}{more}. Was the declaration changed after it "
            + $"was saved?");
    }

    private static bool IsAlike(Tensor saved, Tensor expected) =>
        saved.dtype == expected.dtype && saved.shape.AsSpan().SequenceEqual(expected.shape);

    private static string Describe(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] {tensor.dtype}";

    private static long Number(string path, string key, IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(key, out var text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException($"{path} is damaged: its metadata has no whole number '{key}'.");
}
