using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Precision;

[Model(12), MixedPrecision, Linear(16), ReLU, Linear(5)]
public partial class ShortMlp;

[Model(2, 6, 6), MixedPrecision, Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(6, 3), ReLU, MaxPool2d(2), Flatten, Linear(5)]
public partial class ShortCnn;

[Model(5, 8), MixedPrecision, SelfAttention(2)]
public partial class ShortAttention;

[Block, TransformerEncoderLayer(2, 12, Dropout = 0, NormFirst = true, Activation = Activation.GELU, Causal = true)]
public partial class ShortLayer;

/// <summary>The same layer twice, as objects of one class; computed place by place, too.</summary>
[Model(6, Elements = Elements.Index, Stepwise = true), MixedPrecision]
[Embedding(11, 8), PositionalEmbedding, Use<ShortLayer>(Times = 2), LayerNorm, Linear(11)]
public partial class ShortCharacters;

[Trainer<ShortCharacters>, CrossEntropy(PerPosition = true), Adam(1e-2)]
public partial class ShortCharactersTrainer;

[Trainer<ShortCharacters>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Adam(1e-2)]
public partial class ShortCharactersTrainerByAutograd;

/// <summary>Convolutions of one dimension, one of them transposed.</summary>
[Model(2, 8), MixedPrecision, Conv1d(4, 3, Padding = 1), Tanh, ConvTranspose1d(3, 2, Stride = 2), Flatten, Linear(3)]
public partial class ShortLines;

/// <summary>Layers on methods: what the body writes out itself stays with 32 bits.</summary>
[Model(8), MixedPrecision]
public partial class ShortMethods
{
    [Linear(8)] private partial Tensor First(Tensor x);

    [Linear(4)] private partial Tensor Second(Tensor x);

    private Tensor Forward(Tensor x)
    {
        var a = torch.nn.functional.relu(First(x));
        return Second(a + x);
    }
}

[Trainer<ShortMlp>, CrossEntropy, Sgd(0.1, Momentum = 0.9)]
public partial class ShortMlpTrainer;

[Trainer<ShortMlp>(Backward = Backward.Autograd), CrossEntropy, Sgd(0.1, Momentum = 0.9)]
public partial class ShortMlpTrainerByAutograd;

[Model(12), Linear(16), ReLU, Linear(5)]
public partial class LongMlp;
