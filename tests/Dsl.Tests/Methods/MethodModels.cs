using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Methods;

[Model(2, 6, 6)]
public partial class TwoPath
{
    private const bool UseSigmoid = true;

    [Conv2d(4, 3, Padding = 1)] private partial Tensor Conv1(Tensor x);
    [Conv2d(4, 5, Padding = 2), BatchNorm2d, ReLU] private partial Tensor Wide(Tensor x);
    [Flatten, Linear(5)] private partial Tensor Head(Tensor x);

    public Tensor Forward(Tensor x)
    {
        var a = Conv1(x);
        for (int i = 0; i < 3; i++) a = a + 0.5 * Wide(a);
        if (UseSigmoid) a = torch.sigmoid(a);
        return Head(a);
    }
}

// Every operator and function between two layers; methods in lower case name parameters as PyTorch does.
[Model(4, 6, OutputShape = new[] { 3 })]
public partial class Functions
{
    [Linear(6)] private partial Tensor first(Tensor x);
    [Linear(3)] private partial Tensor second(Tensor x);

    public Tensor Forward(Tensor x)
    {
        const int factor = 2;
        var a = first(x);
        var b = a.exp() / (a.square() + factor);
        var c = (2 - a) * torch.log(a * a + 1.5) - sqrt(a.pow(2) + 1) + 1 / (1 + a.exp());
        var d = nn.functional.softmax(a, -1) - a.log_softmax(1) / 4;
        var centred = b - b.mean(new long[] { 2 }, true);
        centred *= (c.square() + 1).rsqrt();
        var joined = cat(new[] { centred, -c }, 1);
        var stacked = stack(new[] { a, d }, 2).reshape(x.shape[0], -1, 6);
        var turned = (joined * stacked).transpose(1, 2).permute(0, 2, 1);
        var weights = joined.sum(2).unsqueeze(1).softmax(2).squeeze(1);
        var rows = turned.flatten(1);
        for (int i = 0; i < 4; i++)
        {
            if (i % 2 == 1) continue;
            rows = i == 0 ? rows.tanh() : nn.functional.gelu(rows) + 0.1 * i;
        }

        return second(cat([rows, weights], 1));
    }
}

// A property decides how often: that is beyond what is analysed.
[Model(6, OutputShape = new[] { 3 })]
public partial class Repeated
{
    [Linear(6), Tanh] private partial Tensor step([Shape(6)] Tensor x);
    [Linear(3)] private partial Tensor head([Shape(6)] Tensor x);

    public int Times { get; set; } = 2;

    public Tensor Forward(Tensor x)
    {
        for (int i = 0; i < Times; i++) x = step(x);
        return head(x);
    }
}

[Trainer<Repeated>, CrossEntropy, Sgd(0.5), Steps(3)]
public partial class RepeatedTrainer;

// The same network as a stack and as methods.
[Model(1, 8, 8)]
[Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2), Dropout(0.3), Flatten, Linear(4)]
public partial class AsStack;

[Model(1, 8, 8)]
public partial class AsMethods
{
    [Conv2d(3, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU] private partial Tensor Body(Tensor x);
    [MaxPool2d(2), Dropout(0.3), Flatten] private partial Tensor Pool(Tensor x);
    [Linear(4)] private partial Tensor Head(Tensor x);

    public Tensor Forward(Tensor x) => Head(Pool(Body(x)));
}

[Trainer<AsStack>, CrossEntropy, Adam(1e-2), Steps(4), Seed(3)]
public partial class StackTrainer;

[Trainer<AsMethods>, CrossEntropy, Adam(1e-2), Steps(4), Seed(3)]
public partial class MethodTrainer;

[Trainer<AsMethods>(Backward = Backward.Autograd), CrossEntropy, Adam(1e-2), Steps(4), Seed(3)]
public partial class MethodAutogradTrainer;

// Blocks in methods, several inputs, several outputs, a method with a second argument.
[Block]
[Linear(Arg.Features), Tanh, Linear(Arg.Features), Residual]
public partial class Mixer;

[Model(6), Input("gate", 6)]
public partial class GatedEncoder
{
    [Use<Mixer>(Features = 6, Times = 2)] private partial Tensor Mix(Tensor x);
    [Multiply("gate"), Linear(3)] private partial Tensor Gate(Tensor x, Tensor gate);
    [Linear(3)] private partial Tensor Scale(Tensor x);

    public (Tensor Mean, Tensor LogVariance) Forward(Tensor x, Tensor open)
    {
        var mixed = Mix(x);
        return (Gate(mixed, open.sigmoid()), Scale(mixed) - Gate(x, gate: open));
    }
}

// What is said about parameters is said once, however often the layers are called.
[Model(4)]
public partial class Described
{
    [Linear(4, Share = "mix", Bias = false), Init(Initializer.Orthogonal), Tanh] private partial Tensor Mix(Tensor x);
    [Linear(4, Share = "mix")] private partial Tensor Tied(Tensor x);
    [Linear(3), Frozen] private partial Tensor Head(Tensor x);

    public Tensor Forward(Tensor x) => Head(Mix(Mix(x)) + Tied(Mix(x)));
}

// Layers that no constant condition reaches have no parameters, and a result may be an input.
[Model(3)]
public partial class Switched
{
    private const bool Deep = false;

    [Linear(3)] private partial Tensor Hidden(Tensor x);
    [Linear(3)] private partial Tensor Only(Tensor x);

    public (Tensor Result, Tensor Same, Tensor Given) Forward(Tensor x)
    {
        var result = Deep ? Hidden(x) : Only(x);
        return (result, result, x);
    }
}
