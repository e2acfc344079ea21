using System.Globalization;
using Dsl.Torch;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Checkpoints of trainers: safetensors files with the state's tensors, and step and seed beside them. Random streams and the
/// order of samples are functions of seed and step, so that nothing else outlives a step.
/// </summary>
public static class Checkpoint
{
    private const string Format = "dsl-trainer-1";

    /// <summary>Writes a checkpoint, through a temporary file: a failure leaves the last good one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">Name of the trainer.</param>
    /// <param name="state">Every tensor that outlives a step.</param>
    /// <param name="step">Updates made.</param>
    /// <param name="seed">The trainer's seed.</param>
    public static void Save(string path, string kind, IReadOnlyDictionary<string, Tensor> state, long step, long seed) =>
        Safetensors.Write(path, state, new Dictionary<string, string>
        {
            ["format"] = Format,
            ["trainer"] = kind,
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Copies a checkpoint into a trainer's state. It is checked as a whole before the first tensor changes.</summary>
    /// <returns>Step and seed of the checkpoint.</returns>
    /// <exception cref="InvalidDataException">The file is no checkpoint of such a trainer.</exception>
    public static (long Step, long Seed) Load(string path, string kind, IReadOnlyDictionary<string, Tensor> state)
    {
        var (tensors, metadata) = Safetensors.Read(path);
        try
        {
            if (metadata.GetValueOrDefault("format") != Format)
                throw new InvalidDataException($"{path} is not a checkpoint of a trainer, but some other safetensors file.");
            if (metadata.GetValueOrDefault("trainer") is var found && found != kind)
                throw new InvalidDataException($"{path} is a checkpoint of '{found}', not of '{kind}'.");
            string[] missing = [.. state.Keys.Except(tensors.Keys)], unexpected = [.. tensors.Keys.Except(state.Keys)];
            if (missing.Length + unexpected.Length > 0)
            {
                throw new InvalidDataException(
                    $"{path} does not fit the declaration of '{kind}': missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
            }

            foreach (var (name, target) in state)
            {
                if (!tensors[name].shape.SequenceEqual(target.shape) || tensors[name].dtype != target.dtype)
                {
                    throw new InvalidDataException(
                        $"'{name}' in {path} is [{string.Join(", ", tensors[name].shape)}] of type {tensors[name].dtype}, but '{kind}' has "
                        + $"[{string.Join(", ", target.shape)}] of type {target.dtype}.");
                }
            }

            long step = Number("step"), seed = Number("seed");
            using var noGrad = no_grad();
            foreach (var (name, target) in state) target.copy_(tensors[name]);
            return (step, seed);
        }
        finally
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }

        long Number(string key) =>
            long.TryParse(metadata.GetValueOrDefault(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
                ? value
                : throw new InvalidDataException($"{path} has no whole number under '{key}'.");
    }
}
