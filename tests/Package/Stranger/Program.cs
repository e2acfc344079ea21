using Dsl;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

#if COMPANIONS
return await Companions.Read();
#else
// Points in a disc and in the ring around it.
using var seeded = new Generator(1);
using var points = (rand([600, 2], generator: seeded) * 2) - 1;
using var inside = (points.pow(2).sum(1) < 0.5).to(ScalarType.Int64);
using var trainer = new RingTrainer(new Ring(seeded)) { Seed = 1 };
var data = new InMemoryData(points, inside);
trainer.Fit(data);
double accuracy = trainer.Evaluate(data).Accuracy;
Console.WriteLine($"{accuracy:P1} of 600 points");
return accuracy > 0.97 ? 0 : 1;
#endif

[Model(2)]
#if MISTAKE
[Linear(32), ReLU, Conv2d(4, 3)]
#else
[Linear(32), ReLU, Linear(2)]
#endif
public partial class Ring;

[Trainer<Ring>]
[CrossEntropy, Adam(0.01), Epochs(60), BatchSize(50)]
public partial class RingTrainer;
