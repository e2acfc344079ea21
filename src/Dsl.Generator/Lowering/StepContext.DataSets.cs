using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Passes of the trained network over data sets that objectives have for themselves.</summary>
internal sealed partial class StepContext
{
    private readonly Dictionary<Stream, Dictionary<NetworkPort, Value>> _ofDataSets = [];

    /// <summary>What an objective compares on a data set of its own, of which the network sees a batch in each step.</summary>
    /// <param name="of">The output that is read; null for the only one.</param>
    /// <param name="data">The data set's name.</param>
    public Comparison ComparisonOn(string? of, string data)
    {
        var stream = Stream.OfObjectives(data);
        var results = ResultsOn(stream);
        return new Comparison(this, of, data, name => results[Port(name)], (type, classes) => LabelOf(stream, type, classes));
    }

    private Dictionary<NetworkPort, Value> ResultsOn(Stream stream)
    {
        if (_ofDataSets.TryGetValue(stream, out var known)) return known;
        var network = trainer.Network;
        Field field = AddField(InputOf(
            stream, stream.Name + "Input", $"Inputs of {stream.Argument} {InputType(stream.Symbol).Shape}"));
        Value seen = View(field, stream.Name);
        var operation = new Call(Model.Field, NewTape(Model, seen).Field, OutputTypes(Model, seen));
        var values = Computation.AddMany(operation, [.. network.Results.Select(result =>
            (network.Results.Count == 1 ? "logits" : result.Variable) + "Of" + stream.Name)], seen);
        return _ofDataSets[stream] = network.Results.Zip(values, (port, value) => (port, value))
            .ToDictionary(pair => pair.port, pair => pair.value);
    }

    private Value LabelOf(Stream stream, TensorType type, int classes)
    {
        var label = new Field(stream, stream.Name + "Label", type, $"Labels of {stream.Argument} {type.Shape}",
            $"{stream.Argument}.ReadLabels({stream.Indices})")
        {
            Classes = classes,
            IsLabel = true,
        };
        return Read(AddField(label));
    }

    private NetworkPort Port(string? name) =>
        name is null ? trainer.Network.Results[0] : trainer.Network.FindResult(name)!;
}
