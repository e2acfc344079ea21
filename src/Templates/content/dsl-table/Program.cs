using Dsl;
using Dsl.Runtime;

// dotnet run              trains on fruit.csv and saves the model
// dotnet run -- predict   another process predicts from the saved file
// dotnet run -- export    writes it as ONNX, for programs in any language
const string saved = "fruit.safetensors";
if (args is ["predict"])
{
    using var net = FruitNet.Load(saved);
    var prediction = net.Predict(new Fruit(Weight: 115, Length: 9.2f, Color.Yellow, IsSmooth: false));
    Console.WriteLine($"{prediction.Class}, {prediction.Probability:P0}");
    return;
}
if (args is ["export"])
{
    using var net = FruitNet.Load(saved);
    net.ExportOnnx("fruit.onnx");
    return;
}

var (train, test) = Fruit.Load(Path.Combine(AppContext.BaseDirectory, "fruit.csv")).StratifiedSplit(0.2, seed: 1);
using var trainer = new FruitTrainer(new FruitNet());
ConsoleProgress.Run("fruit", progress => trainer.Fit(train, progress));
Console.WriteLine(trainer.Evaluate(test));
trainer.SaveModel(saved);

public enum Color { Red, Green, Yellow }

// A column for each parameter: change them to those of your own file.
[Table(Missing = ["?"]), Standardize, Impute(Statistic.Median)]
public partial record Fruit(
    float Weight, float? Length, Color Color, bool IsSmooth, [Label("apple", "pear", "lemon")] string? Kind = null);

// Its inputs and its classes follow from the table.
[Model<Fruit>, Linear(16), ReLU, Linear]
public partial class FruitNet;

[Trainer<FruitNet>, CrossEntropy, Adam(0.01), Epochs(60), BatchSize(32)]
public partial class FruitTrainer;
