using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>mlp-distill: the twin of <see cref="Student"/> under <see cref="Teacher"/> and their trainers.</summary>
internal sealed class DistillStep : EagerStep
{
    private const double Temperature = 4;

    private readonly Sequential _student, _teacher = FrozenTeacher();

    public DistillStep() : this(Sequential(Flatten(), Linear(64, 64), ReLU(), Linear(64, 10)))
    {
    }

    private DistillStep(Sequential student) : base(student, learningRate: 1e-3) => _student = student;

    public override IReadOnlyList<Module> Networks => [_student, _teacher];

    protected override Tensor ComputeLoss(Batch batch)
    {
        var target = Ask(batch.Input);
        var answer = functional.log_softmax(_student.call(batch.Input) / Temperature, 1);

        // The mean over samples, not elements: the reduction that PyTorch calls "batchmean" has no name here.
        double scale = Temperature * Temperature / batch.Input.shape[0];
        return functional.kl_div(answer, target, log_target: true, Reduction.Sum) * scale;
    }

    private Tensor Ask(Tensor input)
    {
        using var noGrad = no_grad();
        return functional.log_softmax(_teacher.call(input) / Temperature, 1);
    }

    private static Sequential FrozenTeacher()
    {
        var teacher = DigitsCnn.Create();
        teacher.eval();
        foreach (var parameter in teacher.parameters()) parameter.requires_grad = false;
        return teacher;
    }
}
