using System.Globalization;
using Dsl.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench;

/// <summary>What all sides of a workload begin with: the same batches and the same parameters, in a file that every process
/// reads.</summary>
internal sealed class StartingPoint : IDisposable
{
    private readonly SafetensorsFile _file;

    private StartingPoint(SafetensorsFile file) => _file = file;

    /// <summary>Writes a workload's: what is drawn at random is drawn here.</summary>
    public static void Write(Workload workload, string path)
    {
        manual_seed(0);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        var batches = workload.Data();
        for (int i = 0; i < batches.Length; i++)
        {
            Add($"batch.{Number(i)}", batches[i].Parts);
            if (workload.Draw is { } draw) Add($"draws.{Number(i)}", draw(batches[i]));
        }

        var networks = workload.Explicit().Networks;
        for (int i = 0; i < networks.Length; i++)
        {
            foreach (var (name, parameter) in networks[i].named_parameters())
                tensors.Add($"network.{Number(i)}.{name}", parameter.detach());
        }

        Safetensors.Write(path, tensors);
        foreach (var network in networks) network.Dispose();

        void Add(string name, Tensor[] parts)
        {
            for (int i = 0; i < parts.Length; i++) tensors.Add($"{name}.{Number(i)}", parts[i]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static StartingPoint Read(string path) => new(Safetensors.Read(path));

    /// <summary>The batches.</summary>
    /// <param name="withDraws">Whether the random numbers of the steps are given with them.</param>
    public Batch[] Batches(bool withDraws)
    {
        var batches = new List<Batch>();
        while (Parts($"batch.{Number(batches.Count)}") is { Length: > 0 } parts)
        {
            var draws = withDraws ? Parts($"draws.{Number(batches.Count)}") : [];
            batches.Add(new Batch(parts, draws.Length == 0 ? null : draws));
        }

        return [.. batches];
    }

    /// <summary>Gives networks the parameters.</summary>
    public void Load(IReadOnlyList<nn.Module> networks)
    {
        using var noGrad = no_grad();
        for (int i = 0; i < networks.Count; i++)
        {
            string prefix = $"network.{Number(i)}.";
            var open = networks[i].parameters().ToList();

            // TorchSharp's modules list their own parameters before those of their parts, and name them as they like: the shape
            // says which one is meant, and among equal shapes the order.
            foreach (var (_, value) in _file.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                var match = open.FirstOrDefault(candidate => candidate.shape.SequenceEqual(value.shape))
                    ?? throw new InvalidOperationException(
                        $"No parameter of the shape [{string.Join(", ", value.shape)}] is left.");
                open.Remove(match);
                match.copy_(value);
            }

            if (open.Count > 0) throw new InvalidOperationException($"{open.Count} parameters have no initial value.");
        }
    }

    public void Dispose() => _file.Dispose();

    private Tensor[] Parts(string name)
    {
        var parts = new List<Tensor>();
        while (_file.TryGetValue($"{name}.{Number(parts.Count)}", out var part)) parts.Add(part);
        return [.. parts];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
