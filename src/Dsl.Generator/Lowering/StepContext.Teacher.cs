using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>How objectives use the teacher that the trainer is given.</summary>
/// <param name="Player">The teacher.</param>
/// <param name="IsCached">Whether <c>Fit</c> asks it once for each sample.</param>
/// <param name="Temperature">The trainer's property that softens the predictions whose arithmetic mean is kept.</param>
/// <param name="ReadsFeatures">Whether tagged values of it are read.</param>
internal sealed record TeacherUse(Player Player, bool IsCached, string Temperature, bool ReadsFeatures)
{
    public Ensemble Ensemble => ((Origin.Given)Player.Origin).Ensemble;
}

/// <summary>The given teacher in a step.</summary>
internal sealed partial class StepContext
{
    /// <summary>The member of a batch with answers that were asked for before.</summary>
    private const string Answers = "TeacherLogits";

    private readonly Dictionary<(TensorType, Scalar), Value> _taught = [];
    private readonly Dictionary<TensorType, Value> _taughtByEach = [];
    private IReadOnlyList<Value>? _teacherFeatures;

    /// <summary>The teacher that the trainer is given; null without one.</summary>
    public TeacherUse? Teacher { get; init; }

    /// <summary>What a teacher sees: what the network does, the first of several views.</summary>
    public Value SeenByTeacher => _joint is not null ? _joint.Own : Batch.Views == 1 ? Batch.Inputs[0] : Inputs[0];

    /// <summary>The given teacher's prediction, of an ensemble the logits of its mean; asked once.</summary>
    public Value AskTeacher(TensorType type, Scalar temperature)
    {
        var teacher = Teacher
            ?? throw new InvalidOperationException("an objective asks for a teacher but does not say that it takes one");
        var key = (type, teacher.Ensemble == Ensemble.Arithmetic ? temperature : 1);
        if (_taught.TryGetValue(key, out var known)) return known;
        if (teacher.ReadsFeatures) return TeacherFeatures[0];
        return _taught[key] = teacher.IsCached ? Read(AddAnswers(teacher, type))
            : Computation.Add(Ask(teacher, temperature, type), "teacherLogits", SeenByTeacher);
    }

    public Value AskEachTeacher(TensorType type) => _taughtByEach.TryGetValue(type, out var known) ? known
        : _taughtByEach[type] = Computation.Add(new AskEach(Teacher!.Player.Field, type), "logitsOfEach", SeenByTeacher);

    public Value TeacherFeature(string name)
    {
        var network = Teacher!.Player.Network!;
        List<NetworkPort> ports = [.. network.Results, .. network.Features];
        return TeacherFeatures[ports.FindIndex(port => port.Name == name)];
    }

    private IReadOnlyList<Value> TeacherFeatures
    {
        get
        {
            if (_teacherFeatures is not null) return _teacherFeatures;
            var network = Teacher!.Player.Network!;
            List<NetworkPort> ports = [.. network.Results, .. network.Features];
            var names = ports.Select((port, i) => i == 0 ? "teacherLogits" : "teacher" + port.Member).ToArray();
            var types = new EquatableArray<TensorType>(ports.Select(port => port.Value.Type));
            return _teacherFeatures = Computation.AddMany(
                new Ask(Teacher.Player.Field, types, CanMix: network.MixPoints.Count > 0), names, SeenByTeacher);
        }
    }

    /// <summary>The kept answers as a member of the batch, and the method by which users who call <c>Step</c> themselves, and
    /// <c>Fit</c>, ask for them.</summary>
    private Field AddAnswers(TeacherUse teacher, TensorType type)
    {
        var temperature = new Scalar.Named(teacher.Temperature);
        bool depends = teacher.Ensemble == Ensemble.Arithmetic;
        var computation = new Computation();
        Value input = computation.Add(new Input("input", trainer.Network.Input.Type), "input"), seen = input;
        string before = "";
        if (trainer.Policy is { } policy && PolicyView.LowerFixed(policy, input, computation) is { } view)
        {
            seen = view;
            before = $", as they are before {policy.Type.Name}";
        }

        Value answer = computation.Add(Ask(teacher, temperature, type), "answer", seen);
        trainer.Procedures.Add(new Procedure(
            "Teach", $"What the teacher predicts, {type.Shape}, the last part of a <c>Batch</c>",
            [new ProcedureParameter("Tensor", "input", $"Inputs {trainer.Network.Input.Shape} on the trainer's device{before}")],
            computation, answer)
        {
            IsPublic = true,
        });
        return AddField(new Field(
            Stream.Data, Answers, type, $"What the teacher predicts, {type.Shape}: see Teach",
            depends ? $"taught.Read(indices, {temperature.Code})" : "taught.Read(indices)")
        {
            Preparation = "using var taught = new TeacherCache(data, Teach, BatchSize, _device);",
        });
    }

    private static Operation Ask(TeacherUse teacher, Scalar temperature, TensorType type) => teacher.Ensemble == Ensemble.None
        ? new Ask(teacher.Player.Field, new EquatableArray<TensorType>([type]))
        : new AskMean(teacher.Player.Field, teacher.Ensemble, temperature, ClassDimension(type.Shape), type);
}
