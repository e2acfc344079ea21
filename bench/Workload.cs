using Bench.Eager;

namespace Bench;

/// <summary>One training problem: our step in both targets, and the step that TorchSharp's user writes for it.</summary>
/// <param name="Name">The workload's name on every side.</param>
/// <param name="Data">Batches in memory, the same for all steps here.</param>
/// <param name="Explicit">Our step with an explicit backward pass.</param>
/// <param name="Autograd">Our step with gradients by libtorch's autograd.</param>
/// <param name="Eager">TorchSharp's.</param>
internal sealed record Workload(string Name, Batch[] Data, OurStep Explicit, OurStep Autograd, EagerStep Eager)
{
    /// <summary>Every workload; none is made before it is asked for.</summary>
    public static IReadOnlyDictionary<string, Func<Workload>> All { get; } = new Dictionary<string, Func<Workload>>
    {
        ["mlp-adam"] = Mlp,
        ["cnn-adam"] = Cnn,
        ["gpt-adam"] = Gpt,
        ["mlp-distill"] = Distill,
        ["mean-teacher"] = MeanTeacher,
        ["lstm-adam"] = Lstm,
        ["gru-adam"] = Gru,
    };

    private static Workload Mlp()
    {
        var (ours, onAutograd) = (new MlpExplicit(new Mlp()), new MlpAutograd(new Mlp()));
        return new Workload("mlp-adam", Batch.OfClasses(64, 784),
            new(b => ours.Step(new(b.Input, b.Label)).Total, ours.Model),
            new(b => onAutograd.Step(new(b.Input, b.Label)).Total, onAutograd.Model), new MlpStep());
    }

    private static Workload Cnn()
    {
        var (ours, onAutograd) = (new CnnExplicit(new Cnn()), new CnnAutograd(new Cnn()));
        return new Workload("cnn-adam", Batch.OfClasses(64, 1, 28, 28),
            new(b => ours.Step(new(b.Input, b.Label)).Total, ours.Model),
            new(b => onAutograd.Step(new(b.Input, b.Label)).Total, onAutograd.Model), new CnnStep());
    }

    private static Workload Gpt()
    {
        var (ours, onAutograd) = (new GptExplicit(new Gpt()), new GptAutograd(new Gpt()));
        return new Workload("gpt-adam", Batch.OfTokens(65, 12, 64),
            new(b => ours.Step(new(b.Input, b.Label)).Total, ours.Model),
            new(b => onAutograd.Step(new(b.Input, b.Label)).Total, onAutograd.Model), new GptStep());
    }

    private static Workload Distill()
    {
        // A trainer that is stepped by hand leaves its teacher in the mode that it was given in.
        var teacher = new Teacher();
        teacher.eval();
        var (ours, onAutograd) = (new DistillExplicit(new Student(), teacher), new DistillAutograd(new Student(), teacher));
        return new Workload("mlp-distill", Batch.OfClasses(64, 1, 8, 8),
            new(b => ours.Step(new(b.Input)).Total, ours.Model, teacher),
            new(b => onAutograd.Step(new(b.Input)).Total, onAutograd.Model, teacher), new DistillStep());
    }

    private static Workload MeanTeacher()
    {
        var (ours, onAutograd) = (new MeanTeacherExplicit(new NoisyTeacher()), new MeanTeacherAutograd(new NoisyTeacher()));
        return new Workload("mean-teacher", Batch.OfClasses(32, 1, 8, 8),
            new(b => ours.Step(new(b.Input, b.Label, b.Unlabeled)).Total, ours.Model, ours.Teacher),
            new(b => onAutograd.Step(new(b.Input, b.Label, b.Unlabeled)).Total, onAutograd.Model, onAutograd.Teacher),
            new MeanTeacherStep());
    }

    private static Workload Lstm()
    {
        var (ours, onAutograd) = (new LstmExplicit(new LongMemory()), new LstmAutograd(new LongMemory()));
        return new Workload("lstm-adam", Batch.OfClasses(64, 32, 64),
            new(b => ours.Step(new(b.Input, b.Label)).Total, ours.Model),
            new(b => onAutograd.Step(new(b.Input, b.Label)).Total, onAutograd.Model), new LstmStep());
    }

    private static Workload Gru()
    {
        var (ours, onAutograd) = (new GruExplicit(new GatedUnits()), new GruAutograd(new GatedUnits()));
        return new Workload("gru-adam", Batch.OfClasses(64, 32, 64),
            new(b => ours.Step(new(b.Input, b.Label)).Total, ours.Model),
            new(b => onAutograd.Step(new(b.Input, b.Label)).Total, onAutograd.Model), new GruStep());
    }
}
