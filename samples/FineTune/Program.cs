using Dsl;
using Dsl.Runtime;
using FineTune;
using static TorchSharp.torch;

if (args is ["pretrain", var weights])
{
    Pretraining.Run(weights);
}
else if (args is ["tune", var pretrained])
{
    var (train, test) = Pretraining.Digits(1000, 30, digit => digit.remainder(2));
    using var net = new Tuned(new Generator(1));
    Console.WriteLine(net.LoadPretrained(pretrained, strict: false));

    using var trainer = new TunedTrainer(net);
    trainer.Freeze("features.*");
    trainer.Fit(train);                                     // the new head alone
    Console.WriteLine($"head: {trainer.Evaluate(test).Accuracy:P1}");
    trainer.Unfreeze("features.*");
    trainer.Epochs = 80;
    trainer.Fit(train);                                     // everything, the old part slowly
    Console.WriteLine($"all: {trainer.Evaluate(test).Accuracy:P1}");
}

[Model(1, 8, 8), Pretrained("features", From = "backbone")]
public partial class Tuned
{
    [Use<Backbone>] private partial Tensor features(Tensor x);
    [Linear(2)] private partial Tensor head(Tensor x);
    public Tensor Forward(Tensor x) => head(features(x));
}

[Trainer<Tuned>, CrossEntropy, Adam(3e-3), ParameterGroup("features", LearningRateScale = 0.1), BatchSize(25), Epochs(40)]
public partial class TunedTrainer;
