namespace Dsl.Tests.Attention;

// A model of language that has to look one place back: the answer at each place is the token before it.
[Model(8, Elements = Elements.Index)]
[Embedding(6, 16), PositionalEmbedding, TransformerEncoderLayer(2, 32, NormFirst = true, Causal = true, Dropout = 0),
    LayerNorm, Linear(6)]
public partial class Recall;

[Trainer<Recall>, CrossEntropy(PerPosition = true), Adam(0.01), Steps(150)]
public partial class RecallExplicit;

[Trainer<Recall>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Adam(0.01), Steps(150)]
public partial class RecallAutograd;

// Two inputs: the answer at each place is the token of the other sequence at that place.
[Model(5, Elements = Elements.Index), Input("target", 3, Elements = Elements.Index)]
[Embedding(6, 16), SinusoidalEncoding, TransformerEncoderLayer(2, 32), Tag("memory")]
[From("target"), Embedding(6, 16, Scaled = true), SinusoidalEncoding, TransformerDecoderLayer(2, 32),
    TransformerDecoderLayer(2, 32), Linear(6)]
public partial class Copying;

// Adam would turn the rounding noise that is the gradient of a key's bias, which softmax cancels, into full steps.
[Trainer<Copying>, CrossEntropy(PerPosition = true), Sgd(0.1), Steps(10)]
public partial class CopyingExplicit;

[Trainer<Copying>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Sgd(0.1), Steps(10)]
public partial class CopyingAutograd;

// One table for what comes in and what goes out.
[Model(4, Elements = Elements.Index), Embedding(6, 8, PaddingIndex = 0, Share = "words"), SelfAttention(2),
    Linear(6, Share = "words")]
public partial class Tied;

[Trainer<Tied>, CrossEntropy(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class TiedExplicit;

[Trainer<Tied>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), Sgd(0.1), Steps(3)]
public partial class TiedAutograd;

// What is frozen has no gradient, the rows of a packed parameter neither.
[Block, Tag("memory"), Permute(2, 1), Linear(3), Permute(2, 1), CrossAttention(2), TransformerDecoderLayer(2, 12, Dropout = 0),
    Frozen]
public partial class Pretrained;

[Model(5, 8), Use<Pretrained>, Linear(4)]
public partial class OnFrozen;

[Model(5, 8), Linear(8), Use<Pretrained>, Linear(4)]
public partial class ThroughFrozen;
