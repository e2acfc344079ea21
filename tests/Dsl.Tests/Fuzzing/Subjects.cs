using Dsl.Tests.Fuzzed;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Fuzzing;

/// <summary>The trainers that are given bad data.</summary>
internal static class Subjects
{
    private static readonly Slot Row = new("input", SlotKind.Real, 0, 4), Image = new("input", SlotKind.Real, 0, 2, 4, 4);

    private static readonly Slot Class = new("label", SlotKind.Class, 3), Target = new("label", SlotKind.Target, 0, 2);

    public static IReadOnlyList<Subject> All { get; } =
    [
        new("FlatTrainer", Flat, Row, Class),
        new("ConvolvedTrainer", Convolved, Image, Class),
        new("ConvolvedMeanTeacher", MeanTeacher, Image, Class, Image with { Name = Slot.Unlabeled }),
        new("ConvolvedCutMix", CutMix, Image, Class),
        new("ConvolvedMixup", Mixup, Image, Class),
        new("ConvolvedDistill", Distill, Image, Class),
        new("RegressionTrainer", Regression, Row, Target),
        new("MultiLabelTrainer", MultiLabel, Row, Target),
        new("TaggedTrainer", Tagged, new("input", SlotKind.Index, 7, 5), new("label", SlotKind.Class, 3, 5)),
        new("TwoInputsTrainer", TwoInputs, Row, new("gate", SlotKind.Real, 0, 6), Class),
        new("WindowTrainer", Window, Row, Class),
    ];

    private static Live Flat()
    {
        var trainer = new FlatTrainer(New(seed => new Flat(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => FlatTrainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => trainer.Model.forward(inputs[0]!),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((FlatTrainer.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live Convolved()
    {
        var trainer = new ConvolvedTrainer(New(seed => new Convolved(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => ConvolvedTrainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => Asked(trainer.Model, () => trainer.Model.forward(inputs[0]!)),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((ConvolvedTrainer.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live MeanTeacher()
    {
        var trainer = new ConvolvedMeanTeacher(New(seed => new Convolved(seed)));
        return new(trainer, trainer.Model, trainer.Teacher)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!, batch[2]!)).Total,
            Draw = batch => trainer.SampleDraws(new(batch[0]!, batch[1]!, batch[2]!)),
            Fit = (data, unlabeled, progress) => trainer.Fit(data, unlabeled, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => Asked(trainer.Teacher, () => trainer.Teacher.forward(inputs[0]!)),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((ConvolvedMeanTeacher.Batch)null!),
                () => trainer.Fit(null!, null!),
                () => trainer.Evaluate(null!),
                () => trainer.SampleDraws(null!),
            ],
            StepDrawn = (batch, other) => trainer.Step(
                new(batch[0]!, batch[1]!, batch[2]!), trainer.SampleDraws(new(other[0]!, other[1]!, other[2]!))).Total,
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live CutMix()
    {
        var trainer = new ConvolvedCutMix(New(seed => new Convolved(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => trainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => Asked(trainer.Model, () => trainer.Model.forward(inputs[0]!)),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((ConvolvedCutMix.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
                () => trainer.SampleDraws(null!),
            ],
            StepDrawn = (batch, other) => trainer.Step(
                new(batch[0]!, batch[1]!), trainer.SampleDraws(new(other[0]!, other[1]!))).Total,
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live Mixup()
    {
        var trainer = new ConvolvedMixup(New(seed => new Convolved(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => trainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => Asked(trainer.Model, () => trainer.Model.forward(inputs[0]!)),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((ConvolvedMixup.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
                () => trainer.SampleDraws(null!),
            ],
            StepDrawn = (batch, other) => trainer.Step(
                new(batch[0]!, batch[1]!), trainer.SampleDraws(new(other[0]!, other[1]!))).Total,
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live Distill()
    {
        var teacher = New(seed => new Convolved(seed), 2);
        var trainer = new ConvolvedDistill(New(seed => new Convolved(seed)), teacher);
        return new(trainer, trainer.Model, teacher)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => ConvolvedDistill.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => Asked(trainer.Model, () => trainer.Model.forward(inputs[0]!)),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((ConvolvedDistill.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live Regression()
    {
        var trainer = new RegressionTrainer(New(seed => new Normed(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => RegressionTrainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => Asked(trainer.Model, () => trainer.Model.forward(inputs[0]!)),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((RegressionTrainer.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live MultiLabel()
    {
        var trainer = new MultiLabelTrainer(New(seed => new Normed(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => MultiLabelTrainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => Asked(trainer.Model, () => trainer.Model.forward(inputs[0]!)),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((MultiLabelTrainer.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live Tagged()
    {
        var trainer = new TaggedTrainer(New(seed => new Tagged(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step(new(batch[0]!, batch[1]!)).Total,
            Draw = batch => TaggedTrainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => trainer.Model.forward(inputs[0]!),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((TaggedTrainer.Batch)null!),
                () => trainer.Fit(null!),
                () => trainer.Evaluate(null!),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live TwoInputs()
    {
        var trainer = new TwoInputsTrainer(New(seed => new TwoInputs(seed)));
        return new(trainer, trainer.Model, trainer.Average)
        {
            Step = batch => trainer.Step(new TwoInputsTrainer.Batch(batch[0]!, batch[1]!, batch[2]!)).Total,
            Draw = batch => TwoInputsTrainer.SampleDraws(new(batch[0]!, batch[1]!, batch[2]!)),
            Fit = (data, _, progress) => trainer.Fit(data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => trainer.Model.forward(inputs[0]!, inputs[1]!),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((TwoInputsTrainer.Batch)null!),
                () => trainer.Fit((FuzzedData)null!),
                () => trainer.Evaluate((FuzzedData)null!),
                () => trainer.Step((TwoInputsTrainer.Batch[])null!),
                () => trainer.CountWindow([null!]),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static Live Window()
    {
        var trainer = new WindowTrainer(New(seed => new Flat(seed)));
        return new(trainer, trainer.Model)
        {
            Step = batch => trainer.Step([new(batch[0]!, batch[1]!), new(batch[0]!, batch[1]!)]).Total,
            Draw = batch => WindowTrainer.SampleDraws(new(batch[0]!, batch[1]!)),
            Fit = (data, _, progress) => trainer.Fit(data, data, progress),
            Evaluate = data => trainer.Evaluate(data),
            Predict = inputs => trainer.Model.forward(inputs[0]!),
            Save = trainer.Save,
            Resume = path => trainer.Resume(path),
            WithNull =
            [
                () => trainer.Step((WindowTrainer.Batch)null!),
                () => trainer.Fit(null!, null!),
                () => trainer.Evaluate(null!),
                () => trainer.Step((WindowTrainer.Batch[])null!),
                () => trainer.CountWindow([null!]),
            ],
            StepCount = () => trainer.StepCount,
        };
    }

    private static T New<T>(Func<Generator, T> create, ulong seed = 1)
    {
        using var generator = new Generator(seed);
        return create(generator);
    }

    // As a user asks a network: in evaluation mode, which leaves its statistics alone.
    private static Tensor Asked(nn.Module network, Func<Tensor> ask)
    {
        network.eval();
        try
        {
            return ask();
        }
        finally
        {
            network.train();
        }
    }
}
