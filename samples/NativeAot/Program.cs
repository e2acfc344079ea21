using Dsl;
using Dsl.Runtime;
using NativeAot;
using TorchSharp;
using static TorchSharp.torch;

// Two interleaved spirals: no line parts them.
const int Points = 400;
using var seeded = new Generator(1);
using var angle = rand([Points], generator: seeded) * 6;
using var arm = arange(Points, dtype: ScalarType.Int64).remainder(2);
using var turned = angle + (arm * Math.PI);
using var noise = randn([Points, 2], generator: seeded) * 0.05;
using var points = (stack([turned.cos(), turned.sin()], 1) * angle.unsqueeze(1) / 3) + noise;
var data = new InMemoryData(points, arm);

using var trainer = new SpiralTrainer(new Spiral(seeded)) { Seed = 1 };
trainer.Fit(data);
double accuracy = trainer.Evaluate(data).Accuracy;

// A checkpoint goes out and in again, and the weights alone as safetensors.
string folder = Directory.CreateTempSubdirectory("dsl-aot").FullName;
string checkpoint = Path.Combine(folder, "run.safetensors");
trainer.Save(checkpoint);
using var resumed = new SpiralTrainer(new Spiral());
resumed.Resume(checkpoint);
bool same = trainer.Model.Arena.Values.eq(resumed.Model.Arena.Values).all().ToBoolean();
Directory.Delete(folder, recursive: true);

Console.WriteLine($"{accuracy:P1} of {Points} points; the resumed network is {(same ? "the same" : "another one")}");
return accuracy > 0.97 && same ? 0 : 1;

namespace NativeAot
{
    [Model(2)]
    [Linear(32), Tanh, Linear(32), Tanh, Linear(2)]
    public partial class Spiral;

    [Trainer<Spiral>]
    [CrossEntropy]
    [Adam(0.01), Cosine, Epochs(150), BatchSize(50)]
    public partial class SpiralTrainer;
}
