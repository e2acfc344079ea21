using Dsl;

if (args is ["train", var table, var path])
{
    var (train, test) = Fruit.Load(table).StratifiedSplit(0.2, seed: 1);
    using var trainer = new FruitTrainer(new FruitNet());
    trainer.Fit(train);
    Console.WriteLine($"{trainer.Evaluate(test).Accuracy:P1} of {test.Count} rows");
    trainer.SaveModel(path);
}
else if (args is ["predict", var file])
{
    using var net = FruitNet.Load(file);
    var prediction = net.Predict(new Fruit(Weight: 115, Length: 9.2f, Color.Yellow, IsSmooth: false));
    Console.WriteLine($"{prediction.Class}, {prediction.Probability:P0}");
}

public enum Color { Red, Green, Yellow }

[Table(Missing = ["?"]), Standardize, Impute(Statistic.Median)]
public partial record Fruit(
    float Weight, float? Length, Color Color, bool IsSmooth, [Label("apple", "pear", "lemon")] string? Kind = null);

[Model<Fruit>, Linear(16), ReLU, Linear]
public partial class FruitNet;

[Trainer<FruitNet>, CrossEntropy, Adam(0.01), Epochs(60), BatchSize(32)]
public partial class FruitTrainer;
