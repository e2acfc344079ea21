using Dsl;
using Dsl.Runtime;
using static TorchSharp.torch;

// Points in the plane, of which those within a ring are of class 1: put your own tensors here.
var inputs = randn([2000, 2]);
var radius = inputs.norm(1);
var labels = radius.gt(0.7).logical_and(radius.lt(1.5)).to(int64);
using var data = new InMemoryData(inputs, labels);
var (train, test) = data.StratifiedSplit(500, seed: 1);

using var trainer = new RingsTrainer(new Rings());
Console.WriteLine(ConsoleProgress.Run("rings", progress => trainer.Fit(train, progress, validation: test)));
Console.WriteLine(trainer.Evaluate(test));

[Model(2), Linear(32), ReLU, Linear(32), ReLU, Linear(2)]
public partial class Rings;

[Trainer<Rings>, CrossEntropy, Adam(0.01), Epochs(30), BatchSize(50)]
public partial class RingsTrainer;
