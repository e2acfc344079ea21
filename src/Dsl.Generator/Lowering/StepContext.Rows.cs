using System;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>What a step keeps of each sample of a stream.</summary>
internal sealed partial class StepContext
{
    private Func<Value, Value, Value>? _labelFilter;

    /// <summary>Whether labels can be left out by the technique, so that a batch may have none left.</summary>
    public bool FiltersLabels => _labelFilter is not null;

    /// <summary>Lets objectives see other labels in place of the batch's: (labels [N], logits [N, K]) to labels, -100 for one
    /// that is left out.</summary>
    public void FilterLabels(Func<Value, Value, Value> filter) => _labelFilter = filter;

    /// <summary>The labels as objectives see them.</summary>
    public Value Filtered(Value label, Value logits) => _labelFilter is null ? label : _labelFilter(label, logits);

    /// <summary>The places of a batch's samples in the data of its stream, [U] int64.</summary>
    public Field IndexOf(Stream stream) => AddField(new Field(
        stream, stream.Name + "Index", new TensorType(Shape.Of(stream.Rows), ElementType.Int64),
        $"Places of the samples in their data [{stream.Symbol}], int64", $"{stream.Indices}.alias()"));

    /// <summary>A row of numbers for each sample of a stream, zeros at first or random directions; part of a
    /// checkpoint.</summary>
    /// <param name="row">The shape of a row; of directions their width.</param>
    public StateNode Rows(string name, string summary, Stream stream, Shape row, bool startsRandom = false)
    {
        string sizes = string.Join(", ", row.Dims), more = row.Rank == 0 ? "" : ", " + sizes,
        type = $"{trainer.Model.Arena}.Values.dtype, _device";
        return AddState(new StateNode(name, "_" + name, $"{summary}, [{stream.Symbol}_total{more}]",
            startsRandom ? $"new SampleRows(\"{name}\", {sizes}, {type})" : $"new SampleRows({type}{more})")
        {
            Type = "SampleRows",
            Members = [(name, "Rows")],
            Waits = true,
            Rows = stream,
            Row = row,
            Start = startsRandom ? $"_{name}.Start(Seed);" : null,
        });
    }

    /// <summary>The rows of all samples before the update, [S, ...], constant.</summary>
    public Value ReadAllRows(StateNode state, string name) => Computation.Add(new StateFunction(
        state.Field, "All", new TensorType(new Shape(new([Dim.Batch("S"), .. state.Row.Dims])))), name);

    /// <summary>Places of samples of a stream of which something is kept, drawn uniformly, [N, columns].</summary>
    public Value DrawPlaces(string name, StateNode state, Dim rows, long columns, string summary) =>
        Draw(new DrawnPlaces(name, rows, columns, state.Field + ".Count", summary));

    /// <summary>The rows of some samples.</summary>
    public Value ReadRows(StateNode state, Value index, string name) => Computation.Add(
        new ReadRows(state.Row), name, Leaf(new Input(state.Field, new TensorType(state.Row)), state.Name), index);

    /// <summary>Replaces the rows of some samples when the update is made.</summary>
    public void WriteRows(StateNode state, Value index, Value rows) =>
        Computation.AddEffect(new WriteRows(), Leaf(new Input(state.Field, new TensorType(state.Row)), state.Name), index, rows);

    /// <summary>Adds what outlives a step. What waits for the update is given a method that makes it.</summary>
    public StateNode AddState(StateNode state)
    {
        trainer.States.Add(state);
        if (state.Waits) trainer.AfterUpdate.AddEffect(new StateCall(state.Field, "Push"));
        return state;
    }
}
