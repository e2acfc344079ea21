using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>The pass of the trained network that objectives read: what it sees, and what it says of it.</summary>
internal sealed partial class StepContext
{
    private readonly Dictionary<NetworkPort, Value> _results = [];
    private readonly Dictionary<NetworkPort, Value> _views = [];
    private readonly Dictionary<string, Value> _together = [];
    private JointBatch? _joint;

    /// <summary>Whether any objective reads a tagged value of the network.</summary>
    public bool ReadsFeatures { get; init; }

    /// <summary>What the network makes of all views of the batch, [views, N, ...].</summary>
    public Value ResultOfViews
    {
        get
        {
            if (_results.Count == 0) TrainOnce();
            return _views[trainer.Network.Results[0]];
        }
    }

    /// <summary>What the network says of the batch: its only output, or that or the tagged value of a name.</summary>
    public Value ResultOf(string? name)
    {
        if (_results.Count == 0) TrainOnce();
        return _results[name is null ? trainer.Network.Results[0] : trainer.Network.FindResult(name)!];
    }

    /// <summary>The lengths of the sequences of what the network says, [N]; null where that holds no padding.</summary>
    public Value? LengthsOf(string? name)
    {
        var result = name is null ? trainer.Network.Results[0] : trainer.Network.FindResult(name)!;
        if (trainer.Network.LengthsOf(result.Value) is not { } lengths) return null;
        return Inputs[trainer.Network.Inputs.FindIndex(input => input.Name == lengths.Name)];
    }

    /// <summary>The batch of the objectives as one network sees it, augmented where the trainer augments.</summary>
    public Value LabeledView => Inputs[0];

    /// <summary>Every input of the objectives' batch, in the order in which the network declares them.</summary>
    public IReadOnlyList<Value> InputsOfBatch => Inputs;

    /// <summary>Lets the trained network see something else as one of its inputs. It must be said before an objective is
    /// lowered.</summary>
    /// <param name="place">Which input, in the order in which the network declares them.</param>
    public void SeeInput(int place, Value input) => _inputs = [.. Inputs.Select((own, i) => i == place ? input : own)];

    /// <summary>Lets the trained network see other batches behind that of the objectives, in one pass of all: batch normalisation
    /// takes its statistics over them. It must be said before an objective is lowered.</summary>
    /// <param name="others">What comes behind, each with the name of its result.</param>
    public void SeeTogether(params (Value Input, string Result)[] others) => _joint = new JointBatch(
        Computation.Add(new Concatenate(0), "together", [LabeledView, .. others.Select(other => other.Input)]),
        [Own, .. others.Select(other => (other.Input.Shape[0], other.Result))], LabeledView);

    /// <summary>Lets the trained network see something else than the batch of the objectives, whose first rows are what these are
    /// about.</summary>
    /// <param name="input">What it sees: a row for each sample of the objectives, then the others.</param>
    /// <param name="others">How many rows follow, each with the name of its result.</param>
    public void SeeInstead(Value input, params (Dim Rows, string Result)[] others)
    {
        (Dim Rows, string)[] parts = [Own, .. others];
        Value own = others.Length == 0 ? input : Computation.AddMany(
            new Split(new(parts.Select(part => part.Rows))),
            [.. parts.Select((_, i) => i == 0 ? "seen" : $"seenByOthers{i}")], input)[0];
        _joint = new JointBatch(input, parts, own);
    }

    // The rows that objectives are about.
    private static (Dim Rows, string Result) Own => (Stream.Data.Rows, "logits");

    /// <summary>What the network says of another batch of the same pass.</summary>
    public Value ResultTogether(string name)
    {
        if (_results.Count == 0) TrainOnce();
        return _together[name];
    }

    private void TrainTogether(JointBatch joint)
    {
        var network = trainer.Network;
        var read = ReadsFeatures ? network.Features : [];
        var features = read.Select(feature => new NetworkFeature(
            feature.TapeMember, feature.GradientArgument, Rename(feature.Value.Type, joint.Input.Shape[0])));
        var operation = new Call(
            Model.Field, NewTape(Model, joint.Input).Field, OutputTypes(Model, joint.Input), new(features));
        string suffix = joint.Parts.Count == 1 ? "" : "OfAll";
        var all = Computation.AddMany(
            operation, ["logits" + suffix, .. read.Select(feature => feature.Variable + suffix)], joint.Input);
        var parts = Divide(network.Results[0], all[0], part => part.Result);
        for (int i = 1; i < parts.Count; i++) _together.Add(joint.Parts[i].Result, parts[i]);
        for (int i = 0; i < read.Count; i++)
        {
            string name = read[i].Variable;
            Divide(read[i], all[i + 1], part => part == Own ? name : name + "Of" + part.Result);
        }

        IReadOnlyList<Value> Divide(NetworkPort port, Value whole, Func<(Dim Rows, string Result), string> name)
        {
            var rows = joint.Parts.Select(part => port.Value.Shape[0].With("N", part.Rows));
            var own = joint.Parts.Count == 1 ? [whole]
                : Computation.AddMany(new Split(new(rows)), [.. joint.Parts.Select(name)], whole);
            _results.Add(port, own[0]);
            return own;
        }
    }

    private void TrainOnce()
    {
        if (_joint is not null)
        {
            TrainTogether(_joint);
            return;
        }

        var network = trainer.Network;
        var batch = Batch;
        var features = ReadsFeatures
            ? network.Features.Select(feature =>
                new NetworkFeature(feature.TapeMember, feature.GradientArgument, Repeated(feature.Value.Type, batch.Views)))
            : [];
        List<NetworkPort> ports = [.. network.Results, .. ReadsFeatures ? network.Features : []];
        var names = ports.Select(port => network.Results.Count == 1 && port == ports[0] ? "logits" : port.Variable).ToArray();
        var outputs = new EquatableArray<TensorType>(network.Results.Select(result => Repeated(result.Value.Type, batch.Views)));
        var operation = new Call(
            Model.Field, NewTape(Model, batch.Inputs[0]).Field, outputs, new EquatableArray<NetworkFeature>(features),
            new EquatableArray<string>(batch.Hidden.Select(place => place.Point)));
        Value[] partners = batch.Hidden.Count == 0 ? [] : [batch.Partners!];
        var values = Computation.AddMany(
            operation, names, [.. batch.Inputs, .. partners, .. batch.Hidden.Select(place => place.Share)]);
        for (int i = 0; i < ports.Count; i++)
        {
            if (batch.Views == 1)
            {
                _results.Add(ports[i], values[i]);
                continue;
            }

            var views = new Shape(new([batch.Views, .. ports[i].Value.Shape.Dims]));
            _views.Add(ports[i], Computation.Add(new Reshape(views), values[i].Hint + "Views", values[i]));
            _results.Add(ports[i], Computation.Add(new Select(0), values[i].Hint + "OfBatch", _views[ports[i]]));
        }
    }

    /// <summary>Several batches in one.</summary>
    /// <param name="Parts">Its rows in order, each with the name of the result.</param>
    /// <param name="Own">The rows that objectives are about.</param>
    private sealed record JointBatch(Value Input, IReadOnlyList<(Dim Rows, string Result)> Parts, Value Own);
}
