namespace Dsl.Tests.LanguageModels;

// BERT in small: words with their places and sentences, and the table of words at the end again.
[Model(12, Elements = Elements.Index), Input("sentences", 12, Elements = Elements.Index), Lengths]
[Embedding(20, 8, Share = "words"), PositionalEmbedding, Tag("words")]
[From("sentences"), Embedding(2, 8), Add("words"), LayerNorm]
[TransformerEncoderLayer(2, 16, Activation = Activation.GELU, Dropout = 0)]
[Linear(8), GELU, LayerNorm, Linear(20, Share = "words")]
public partial class SmallBert;

[Trainer<SmallBert>, MaskedLanguageModel(4, Special = [0, 2, 3]), Sgd(0.1), Epochs(1)]
public partial class BertExplicit;

[Trainer<SmallBert>(Backward = Backward.Autograd), MaskedLanguageModel(4, Special = [0, 2, 3]), Sgd(0.1), Epochs(1)]
public partial class BertAutograd;

[Trainer<SmallBert>, MaskedLanguageModel(4, Special = [0, 2, 3], Ratio = 0.5), Sgd(0.1), Epochs(1)]
public partial class HalfExplicit;

[Trainer<SmallBert>(Backward = Backward.Autograd), MaskedLanguageModel(4, Special = [0, 2, 3], Ratio = 0.5)]
[Sgd(0.1), Epochs(1)]
public partial class HalfAutograd;

[Trainer<SmallBert>, MaskedLanguageModel(4, Special = [0, 2, 3], Ratio = 0.5, LongestSpan = 10), Sgd(0.1), Epochs(1)]
public partial class SpansExplicit;

[Trainer<SmallBert>(Backward = Backward.Autograd)]
[MaskedLanguageModel(4, Special = [0, 2, 3], Ratio = 0.5, LongestSpan = 10), Sgd(0.1), Epochs(1)]
public partial class SpansAutograd;

[Model(8, Elements = Elements.Index), Embedding(10, 16), PositionalEmbedding]
[TransformerEncoderLayer(2, 32, Dropout = 0), Linear(10)]
public partial class Repeats;

[Trainer<Repeats>, MaskedLanguageModel(0), Adam(5e-3), BatchSize(32), Steps(150)]
public partial class RepeatsTrainer;
