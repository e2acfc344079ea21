using TorchSharp;
using Xunit;
using Zoo;
using static TorchSharp.torch;

namespace Dsl.Tests.Composition;

/// <summary>Architectures of the field's textbooks have the published number of parameters, and run.</summary>
public class ZooTests
{
    [Fact] public void LeNet5() => Check(61_706, Zoo.LeNet5.ParameterCount, new Zoo.LeNet5(), [2, 1, 28, 28], [2, 10]);

    [Fact] public void ResNet18() => Check(11_173_962, Zoo.ResNet18.ParameterCount, new Zoo.ResNet18(), [2, 3, 32, 32], [2, 10]);

    [Fact] public void WideResNet() =>
        Check(1_467_610, WideResNet28x2.ParameterCount, new WideResNet28x2(), [2, 3, 32, 32], [2, 10]);

    [Fact] public void DenseNet() => Check(1_019_722, DenseNet40.ParameterCount, new DenseNet40(), [2, 3, 32, 32], [2, 10]);

    [Fact] public void UNet() => Check(31_030_658, Zoo.UNet.ParameterCount, new Zoo.UNet(), [1, 1, 64, 64], [1, 2, 64, 64]);

    [Fact] public void Autoencoder() =>
        Check(108_881, ConvAutoencoder.ParameterCount, new ConvAutoencoder(), [2, 1, 28, 28], [2, 1, 28, 28]);

    [Fact] public void Lstm() => Check(214_282, LstmClassifier.ParameterCount, new LstmClassifier(), [2, 28, 28], [2, 10]);

    [Fact] public void Gru() => Check(436_003, GruClassifier.ParameterCount, new GruClassifier(), [2, 100, 40], [2, 35]);

    [Fact] public void Tcn() => Check(882_538, Zoo.Tcn.ParameterCount, new Zoo.Tcn(), [2, 88, 128], [2, 128, 88]);

    [Fact]
    public void Tcn_sees_no_later_element()
    {
        using var noGrad = no_grad();
        using var model = new Zoo.Tcn();
        model.eval();
        var input = randn(1, 88, 128);
        var changed = input.clone();
        changed.narrow(2, 60, 68).zero_();
        var (before, after) = (model.forward(input), model.forward(changed));
        Close.To(before.narrow(1, 0, 60), after.narrow(1, 0, 60), "steps before the change");
        Assert.NotEqual(0, (before - after).narrow(1, 60, 1).abs().sum().ToDouble());
    }

    private static void Check(long published, long counted, nn.Module<Tensor, Tensor> model, long[] input, long[] output)
    {
        using (model)
        {
            Assert.Equal(published, counted);
            Assert.Equal(published, model.parameters().Sum(parameter => parameter.numel()));
            model.eval();
            using var noGrad = no_grad();
            Assert.Equal(output, model.forward(randn(input)).shape);
        }
    }
}
