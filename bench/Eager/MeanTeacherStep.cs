using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bench.Eager;

/// <summary>mean-teacher: the twin of <see cref="Teacher"/> and its trainers.</summary>
internal sealed class MeanTeacherStep : EagerStep
{
    private const int RampUpSteps = 240;
    private const double ConsistencyWeight = 20, Decay = 0.99;

    private readonly Sequential _student, _teacher;
    private readonly optim.lr_scheduler.LRScheduler _schedule;

    // Kept, as walking through a network's parts costs more than averaging them.
    private readonly Tensor[] _parameters, _buffers, _averages, _teacherBuffers;
    private int _step;

    public MeanTeacherStep() : this(DigitsCnn.Create(), DigitsCnn.Create())
    {
    }

    private MeanTeacherStep(Sequential student, Sequential teacher) : base(student, learningRate: 2e-3)
    {
        (_student, _teacher) = (student, teacher);
        _schedule = optim.lr_scheduler.CosineAnnealingLR(Optimizer, T_max: 1_000_000);
        (_parameters, _averages) = ([.. student.parameters()], [.. teacher.parameters()]);
        (_buffers, _teacherBuffers) = ([.. student.buffers()], [.. teacher.buffers()]);
        teacher.load_state_dict(student.state_dict());
        foreach (var parameter in _averages) parameter.requires_grad = false;
    }

    public override IReadOnlyList<Module> Networks => [_student, _teacher];

    public override void Run(Batch batch)
    {
        base.Run(batch);
        Average();
        _schedule.step();
        _step++;
    }

    protected override Tensor ComputeLoss(Batch batch)
    {
        var classes = functional.cross_entropy(_student.call(View(batch.Input, batch, 0)), batch.Label);
        var answer = functional.softmax(_student.call(View(batch.Unlabeled, batch, 1)), 1);
        var consistency = functional.mse_loss(answer, Ask(View(batch.Unlabeled, batch, 2)));
        double remaining = 1 - Math.Min(1, _step / (double)RampUpSteps);
        return classes + consistency * (ConsistencyWeight * Math.Exp(-5 * remaining * remaining));
    }

    private static Tensor View(Tensor images, Batch batch, int index) =>
        RandomShift.Apply(images, batch.Draws?[index] ?? RandomShift.DrawOffsets(images.shape[0], 1), 1);

    private Tensor Ask(Tensor images)
    {
        using var noGrad = no_grad();
        return functional.softmax(_teacher.call(images), 1);
    }

    private void Average()
    {
        using var noGrad = no_grad();
        double keep = Math.Min(1 - 1.0 / (_step + 2), Decay);
        for (int i = 0; i < _parameters.Length; i++) _averages[i].mul_(keep).add_(_parameters[i], alpha: 1 - keep);
        for (int i = 0; i < _buffers.Length; i++) _teacherBuffers[i].copy_(_buffers[i]);
    }
}
