#:package Dsl@0.1.0
#:package libtorch-cpu-linux-x64@2.10.0
using Dsl;
using Dsl.Runtime;
using static TorchSharp.torch;

// dotnet run app.cs
using var points = (rand([600, 2]) * 2) - 1;
using var inside = (points.pow(2).sum(1) < 0.5).to(ScalarType.Int64);
var data = new InMemoryData(points, inside);
using var trainer = new RingTrainer(new Ring());
trainer.Fit(data);
Console.WriteLine($"{trainer.Evaluate(data).Accuracy:P1} of 600 points");

[Model(2), Linear(32), ReLU, Linear(2)]
public partial class Ring;

[Trainer<Ring>, CrossEntropy, Adam(0.01), Epochs(60), BatchSize(50)]
public partial class RingTrainer;
