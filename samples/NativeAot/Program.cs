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

// Rows of a table: read from text, learned, saved, and predicted by a model that knows the file alone.
string text = "x;y;side\n"
    + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7};{i % 5},5;{(i % 7 > 3 ? "right" : "left")}\n"));
var table = Place.Read(new StringReader(text));
using var learner = new PlaceTrainer(new PlaceNet(seeded));
learner.Fit(table);
string saved = Path.Combine(folder, "model.safetensors");
learner.SaveModel(saved);
using var loaded = PlaceNet.Load(saved);
int right = loaded.Predict(table.Rows).Zip(table.Rows).Count(pair => pair.First.Class == pair.Second.Side);
Directory.Delete(folder, recursive: true);

Console.WriteLine($"{accuracy:P1} of {Points} points; the resumed network is {(same ? "the same" : "another one")}; "
    + $"{right} of {table.Count} rows by a loaded model");
return accuracy > 0.97 && same && right == table.Count ? 0 : 1;

namespace NativeAot
{
    [Model(2)]
    [Linear(32), Tanh, Linear(32), Tanh, Linear(2)]
    public partial class Spiral;

    [Trainer<Spiral>]
    [CrossEntropy]
    [Adam(0.01), Cosine, Epochs(150), BatchSize(50)]
    public partial class SpiralTrainer;

    public enum Side
    {
        Left,
        Right,
    }

    [Table(Decimal = ','), Standardize]
    public partial record Place(int X, double Y, [Label] Side? Side = null);

    [Model<Place>, Linear]
    public partial class PlaceNet;

    [Trainer<PlaceNet>, CrossEntropy, Adam(0.1), Epochs(60), BatchSize(20)]
    public partial class PlaceTrainer;
}
