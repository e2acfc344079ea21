using Bench.Eager;
using static TorchSharp.torch;

namespace Bench;

/// <summary>One training problem: our step in both targets, and the step that TorchSharp's user writes for it. Nothing is made
/// before it is asked for.</summary>
/// <param name="Data">Batches in memory, the same for all steps here.</param>
/// <param name="Explicit">Our step with an explicit backward pass.</param>
/// <param name="Autograd">Our step with gradients by libtorch's autograd.</param>
/// <param name="Eager">TorchSharp's.</param>
/// <param name="Flops">Operations of the products and convolutions of a step, forward and backward; a multiply-add is
/// two.</param>
internal sealed partial record Workload(
    Func<Batch[]> Data, Func<OurStep> Explicit, Func<OurStep> Autograd, Func<EagerStep> Eager, double Flops)
{
    // A product is done three times: forward, for the gradient of its weights, and for that of its input, which the first layer
    // does without.
    private const int Passes = 3;

    /// <summary>How far another side's first loss may be from ours, in parts of it: what float32 sums in another order may make
    /// of it.</summary>
    public double FirstTolerance { get; init; } = 1e-4;

    /// <summary>The random numbers of a batch's step, where it needs any; null for those that do not.</summary>
    public Func<Batch, Tensor[]>? Draw { get; init; }

    /// <summary>Every workload. Those with convolutions come last: on processors on which oneDNN computes wrong ones, the first
    /// of them switches oneDNN off in the whole process, and TorchSharp's recurrent layers are oneDNN's.</summary>
    public static IReadOnlyDictionary<string, Workload> All { get; } = new Dictionary<string, Workload>
    {
        ["mlp-adam"] = Mlp(),
        ["mlp-sgd"] = MlpSgd(),
        ["mlp-small"] = MlpSmall(),
        ["gpt-adam"] = Gpt(),
        ["lstm-adam"] = Lstm(),
        ["gru-adam"] = Gru(),
        ["gcn"] = Gcn(),
        ["ddpm-step"] = Ddpm(),
        ["dqn-step"] = Dqn(),
        ["lenet"] = LeNet(),
        ["cnn-adam"] = Cnn(),
        ["resnet18"] = ResNet18(),
        ["vit-tiny"] = ViT(),
        ["mlp-distill"] = Distill(),
        ["mean-teacher"] = MeanTeacher(),
        ["wrn-fixmatch"] = FixMatch(),
    };

    /// <summary>The workload of a name, mixed ones among them.</summary>
    public static Workload Find(string name) => All.TryGetValue(name, out var workload) ? workload : Mixed[name];

    private static Workload Mlp() => new(
        () => Batch.OfClasses(64, 784),
        () =>
        {
            var trainer = new MlpExplicit(new Mlp());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new MlpAutograd(new Mlp());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new MlpStep(), Dense(64, 784, 256, 256, 10));

    private static Workload MlpSgd() => new(
        () => Batch.OfClasses(64, 784),
        () =>
        {
            var trainer = new MlpSgdExplicit(new Mlp());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new MlpSgdAutograd(new Mlp());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new MlpSgdStep(), Dense(64, 784, 256, 256, 10));

    private static Workload MlpSmall() => new(
        () => Batch.OfClasses(64, 64),
        () =>
        {
            var trainer = new SmallMlpExplicit(new SmallMlp());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new SmallMlpAutograd(new SmallMlp());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new MlpSmallStep(), Dense(64, 64, 64, 64, 10));

    private static Workload LeNet() => new(
        () => Batch.OfClasses(64, 1, 28, 28),
        () =>
        {
            var trainer = new LeNetExplicit(new LeNet());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new LeNetAutograd(new LeNet());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new LeNetStep(), 64 * (2 * Product(784, 25, 6) + Passes * Product(100, 150, 16)) + Inner(64, 400, 120, 84, 10));

    private static Workload Cnn() => new(
        () => Batch.OfClasses(64, 1, 28, 28),
        () =>
        {
            var trainer = new CnnExplicit(new Cnn());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new CnnAutograd(new Cnn());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new CnnStep(), 64 * (2 * Product(784, 9, 32) + Passes * Product(196, 9 * 32, 64)) + Inner(64, 3136, 128, 10));

    private static Workload ResNet18() => new(
        () => Batch.OfClasses(32, 3, 32, 32),
        () =>
        {
            var trainer = new ResNet18Explicit(new ResNet18());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new ResNet18Autograd(new ResNet18());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new ResNet18Step(), 32 * (2 * Product(1024, 27, 64) + Passes * ResNet18Blocks()) + Inner(32, 512, 10));

    private static Workload Gpt() => new(
        () => Batch.OfTokens(65, 12, 64),
        () =>
        {
            var trainer = new GptExplicit(new Gpt());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new GptAutograd(new Gpt());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new GptStep(), 12 * Passes * (4 * Encoder(64, 128) + Product(64, 128, 65)));

    private static Workload ViT() => new(
        () => Batch.OfClasses(8, 3, 32, 32),
        () =>
        {
            var trainer = new ViTExplicit(new ViT());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new ViTAutograd(new ViT());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new ViTStep(), 8 * (2 * Product(64, 48, 192) + Passes * 12 * Encoder(65, 192)) + Inner(8, 192, 10));

    private static Workload Lstm() => new(
        () => Batch.OfClasses(64, 32, 64),
        () =>
        {
            var trainer = new LstmExplicit(new LongMemory());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new LstmAutograd(new LongMemory());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new LstmStep(), Recurrent(4));

    private static Workload Gru() => new(
        () => Batch.OfClasses(64, 32, 64),
        () =>
        {
            var trainer = new GruExplicit(new GatedUnits());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new GruAutograd(new GatedUnits());
            return new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
        },
        () => new GruStep(), Recurrent(3));

    private static Workload Gcn() => new(
        Batch.OfGraph,
        () =>
        {
            var trainer = new GcnExplicit(new Gcn());
            return new(b => trainer.Step(new(b.Input, b.Parts[2], b.Label)).Total, trainer.Model);
        },
        () =>
        {
            var trainer = new GcnAutograd(new Gcn());
            return new(b => trainer.Step(new(b.Input, b.Parts[2], b.Label)).Total, trainer.Model);
        },
        () => new GcnStep(), 2 * Product(2708, 1433, 16) + Passes * Product(2708, 16, 7));

    private static Workload Distill() => new(
        () => Batch.OfInputs(64, 1, 8, 8),
        () =>
        {
            var teacher = FrozenTeacher();
            var trainer = new DistillExplicit(new Student(), teacher);
            return new(b => trainer.Step(new(b.Input)).Total, trainer.Model, teacher);
        },
        () =>
        {
            var teacher = FrozenTeacher();
            var trainer = new DistillAutograd(new Student(), teacher);
            return new(b => trainer.Step(new(b.Input)).Total, trainer.Model, teacher);
        },
        () => new DistillStep(), Dense(64, 64, 64, 10) + 64 * DigitsFlops);

    private static Workload MeanTeacher() => new(
        () => Batch.OfFewLabels(32, 64, 1, 8, 8),
        () =>
        {
            var trainer = new MeanTeacherExplicit(new Teacher());
            return new(
                b => b.Draws is { } d
                    ? trainer.Step(new(b.Input, b.Label, b.Unlabeled), new(d[0], d[1], d[2])).Total
                    : trainer.Step(new(b.Input, b.Label, b.Unlabeled)).Total,
                trainer.Model, trainer.Teacher);
        },
        () =>
        {
            var trainer = new MeanTeacherAutograd(new Teacher());
            return new(
                b => b.Draws is { } d
                    ? trainer.Step(new(b.Input, b.Label, b.Unlabeled), new(d[0], d[1], d[2])).Total
                    : trainer.Step(new(b.Input, b.Label, b.Unlabeled)).Total,
                trainer.Model, trainer.Teacher);
        },
        () => new MeanTeacherStep(), (Passes * 96 + 64) * DigitsFlops)
    {
        Draw = b => [RandomShift.DrawOffsets(32, 1), RandomShift.DrawOffsets(64, 1), RandomShift.DrawOffsets(64, 1)],
    };

    private static Workload FixMatch() => new(
        () => Batch.OfFewLabels(4, 8, 3, 32, 32),
        () =>
        {
            var trainer = new FixMatchExplicit(new WideResNet());
            return new(
                b => b.Draws is { } d
                    ? trainer.Step(new(b.Input, b.Unlabeled, b.Label), new(d[0], d[1], d[2], d[3], d[4], d[5])).Total
                    : trainer.Step(new(b.Input, b.Unlabeled, b.Label)).Total,
                trainer.Model);
        },
        () =>
        {
            var trainer = new FixMatchAutograd(new WideResNet());
            return new(
                b => b.Draws is { } d
                    ? trainer.Step(new(b.Input, b.Unlabeled, b.Label), new(d[0], d[1], d[2], d[3], d[4], d[5])).Total
                    : trainer.Step(new(b.Input, b.Unlabeled, b.Label)).Total,
                trainer.Model);
        },
        () => new FixMatchStep(), 20 * (2 * Product(1024, 27, 16) + Passes * WideBlocks()) + Inner(20, 128, 10))
    {
        Draw = b => FixMatchStep.DrawAll(b),
    };

    private static Workload Ddpm() => new(
        () => Batch.OfInputs(128, 1, 8, 8),
        () =>
        {
            var trainer = new DdpmExplicit(new Denoiser());
            return new(
                b => (b.Draws is { } d ? trainer.Step(new(b.Input), new(d[0], d[1])) : trainer.Step(new(b.Input))).Total,
                trainer.Model);
        },
        () =>
        {
            var trainer = new DdpmAutograd(new Denoiser());
            return new(
                b => (b.Draws is { } d ? trainer.Step(new(b.Input), new(d[0], d[1])) : trainer.Step(new(b.Input))).Total,
                trainer.Model);
        },
        () => new DdpmStep(), Inner(128, 128, 256, 256, 64))
    {
        Draw = b => DdpmStep.DrawAll(b),
    };

    private static Workload Dqn() => new(
        () => Batch.OfTransitions(128),
        () =>
        {
            var trainer = new DqnExplicit(new QNet());
            return new(
                b => trainer.Step(new(b.Input, b.Label, b.Parts[2], b.Parts[3], b.Parts[4])).Total,
                trainer.Model, trainer.Target);
        },
        () =>
        {
            var trainer = new DqnAutograd(new QNet());
            return new(
                b => trainer.Step(new(b.Input, b.Label, b.Parts[2], b.Parts[3], b.Parts[4])).Total,
                trainer.Model, trainer.Target);
        },
        () => new DqnStep(),
        Dense(128, 4, 128, 84, 2) + 2 * 128 * (Product(1, 4, 128) + Product(1, 128, 84) + Product(1, 84, 2)));

    // A trainer that is stepped by hand leaves its teacher in the mode that it was given in.
    private static Teacher FrozenTeacher()
    {
        var teacher = new Teacher();
        teacher.eval();
        return teacher;
    }

    private static double Product(double rows, double inner, double columns) => 2 * rows * inner * columns;

    // Linear layers on the data: of the first one, nothing asks for the gradient of its input.
    private static double Dense(int samples, params int[] widths) =>
        Inner(samples, widths) - Product(samples, widths[0], widths[1]);

    private static double Inner(int samples, params int[] widths) =>
        Passes * widths.Zip(widths.Skip(1), (from, to) => Product(samples, from, to)).Sum();

    private static double DigitsFlops => Product(64, 9, 16) + Product(64, 9 * 16, 32) + Product(1, 512, 64) + Product(1, 64, 10);

    // Four projections of width and two of four times the width, and two products of all places with all.
    private static double Encoder(double places, double width) =>
        Product(places, width, 12 * width) + 2 * Product(places, width, places);

    private static double Recurrent(int gates) => 64 * 32
        * (2 * Product(1, 64, gates * 128) + Passes * Product(1, 128, gates * 128)) + Inner(64, 128, 10);

    private static double ResNet18Blocks() =>
        Stage(1024, 64, 64) + Stage(256, 64, 128) + Stage(64, 128, 256) + Stage(16, 256, 512);

    private static double Stage(double pixels, double from, double to) => Product(pixels, 9 * from, to)
        + 3 * Product(pixels, 9 * to, to) + (from == to ? 0 : Product(pixels, from, to));

    private static double WideBlocks() => WideStage(1024, 16, 32) + WideStage(256, 32, 64) + WideStage(64, 64, 128);

    private static double WideStage(double pixels, double from, double to) => Product(pixels, 9 * from, to)
        + 7 * Product(pixels, 9 * to, to) + Product(pixels, from, to);
}
