using Dsl;

namespace Shop.Models
{
    public enum Color
    {
        Red,
        Green,
        Yellow,
    }

    [Table, Standardize]
    public partial record Fruit(float Weight, float Length, Color Color, [Label("apple", "pear", "lemon")] string Kind = null);

    [Model<Fruit>]
    [Linear(16), ReLU, Linear]
    public partial class FruitNet;

    [Trainer<FruitNet>]
    [CrossEntropy, Adam(0.01), Epochs(40), BatchSize(30), Seed(1)]
    public partial class FruitTrainer;
}
