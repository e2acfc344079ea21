using Digits;
using Dsl;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace FineTune;

/// <summary>The part of a network that a second one takes over.</summary>
[Block]
[Conv2d(16, 3, Padding = 1), ReLU, MaxPool2d(2), Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2), Flatten, Linear(64), ReLU]
public partial class Backbone;

/// <summary>A classifier of the ten digits.</summary>
[Model(1, 8, 8)]
public partial class Pretrained
{
    [Use<Backbone>] private partial Tensor backbone(Tensor x);
    [Linear(10)] private partial Tensor fc(Tensor x);

    /// <summary>Logits [N, 10] of images [N, 1, 8, 8].</summary>
    public Tensor Forward(Tensor x) => fc(backbone(x));
}

[Trainer<Pretrained>, CrossEntropy, Adam(3e-3), BatchSize(64), Epochs(20)]
public partial class PretrainedTrainer;

/// <summary>Stands for whoever trained the weights that one downloads: they know other labels.</summary>
public static class Pretraining
{
    /// <summary>Trains on 1,000 images of digits and writes the weights.</summary>
    public static void Run(string weights)
    {
        var (train, test) = Digits(0, 1000, digit => digit);
        using var net = new Pretrained(new Generator(0));
        using var trainer = new PretrainedTrainer(net);
        trainer.Fit(train);
        Console.WriteLine($"pretrained: {trainer.Evaluate(test).Accuracy:P1}");
        Safetensors.Write(weights, net.state_dict());
    }

    /// <summary>Some of the images to train on, and the last 400 to test on.</summary>
    /// <param name="first">The first image to train on.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="label">What a digit is called.</param>
    public static (InMemoryData Train, InMemoryData Test) Digits(long first, long count, Func<Tensor, Tensor> label)
    {
        using var all = HandwrittenDigits.Load();
        return (Part(first, first + count), Part(all.Count - 400, all.Count));

        InMemoryData Part(long from, long to)
        {
            using var places = Aten.arange(from, to);
            return new InMemoryData(all.ReadInputs(places), label(all.ReadLabels(places)));
        }
    }
}
