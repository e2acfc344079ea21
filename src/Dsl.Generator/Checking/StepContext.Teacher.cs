using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Checking;

/// <summary>What the teacher that the trainer is given says of a batch.</summary>
internal sealed partial class StepContext
{
    private readonly Dictionary<(TensorType, Scalar), Value> _taught = [];
    private readonly Dictionary<TensorType, Value> _taughtByEach = [];
    private IReadOnlyList<Value>? _teacherFeatures;

    /// <summary>
    /// What the given teacher predicts for the same input that the network sees, in the shape of what the present objective reads. Of an
    /// ensemble the logits of its mean.
    /// </summary>
    /// <param name="temperature">What softens the predictions of which an ensemble's arithmetic mean is taken.</param>
    public Value TeacherResult(Scalar temperature)
    {
        var teacher = trainer.Given ?? throw new InvalidOperationException("an objective asks for a teacher but does not say that it takes one");
        TensorType type = Compared;
        if (_taught.TryGetValue((type, Depends(teacher) ? temperature : 1), out var known)) return known;
        if (teacher.Features is not null) return TeacherFeatures[0];
        return _taught[(type, Depends(teacher) ? temperature : 1)] = teacher.IsCached
            ? Read(AddRole(new Role(GivenTeacher.CachedRole, type, "N", $"What the teacher predicts, {type.Shape}: see Teach")))
            : Computation.Add(Ask(teacher, temperature, type), "teacherLogits", SeenByTeacher);
    }

    /// <summary>What each one of an ensemble predicts, [N, M, ...].</summary>
    public Value ResultOfEachTeacher => _taughtByEach.TryGetValue(Compared, out var known) ? known
        : _taughtByEach[Compared] = Computation.Add(new FrozenNetworks(trainer.Given!.Field, Compared), "logitsOfEach", SeenByTeacher);

    /// <summary>How many teachers there are, as a C# expression.</summary>
    public string TeacherCount => $"{trainer.Given!.Field}.Length";

    /// <summary>The type of what the present objective reads.</summary>
    private TensorType Compared => Rename(trainer.Network.FindResult(Of ?? "") is { } port ? port.Value.Type : trainer.Network.Results[0].Value.Type, "N");

    /// <summary>The logits of <see cref="TeacherResult"/>; a row for each label, [M, K].</summary>
    public Value TeacherLogits(Scalar temperature) => Rows(TeacherResult(temperature));

    /// <summary>An output or a tagged value of the declared teacher for the same input that the network sees.</summary>
    public Value TeacherFeature(string name)
    {
        var network = trainer.Given!.Features!;
        List<NetworkPort> ports = [.. network.Results, .. network.Features];
        return TeacherFeatures[ports.FindIndex(port => port.Name == name)];
    }

    private IReadOnlyList<Value> TeacherFeatures
    {
        get
        {
            if (_teacherFeatures is not null) return _teacherFeatures;
            var (teacher, network) = (trainer.Given!, trainer.Given!.Features!);
            List<NetworkPort> ports = [.. network.Results, .. network.Features];
            var names = ports.Select((port, i) => i == 0 ? "teacherLogits" : "teacher" + port.Member).ToArray();
            var types = new EquatableArray<TensorType>(ports.Select(port => Rename(port.Value.Type, "N")));
            return _teacherFeatures = Computation.AddMany(new FrozenFeatures(teacher.Field, types), names, SeenByTeacher);
        }
    }

    /// <summary>The operation that asks a teacher.</summary>
    public static Operation Ask(GivenTeacher teacher, Scalar temperature, TensorType type) => teacher.IsEnsemble
        ? new FrozenEnsemble(teacher.Field, teacher.Ensemble, temperature, ClassDimension(type.Shape), type)
        : new FrozenNetwork(teacher.Field, type);

    private static bool Depends(GivenTeacher teacher) => teacher.Ensemble == Ensemble.Arithmetic;
}
