using Dsl;

namespace Zoo;

/// <summary>A layer of BERT-Tiny.</summary>
[Block, TransformerEncoderLayer(2, 512, Activation = Activation.GELU, Epsilon = 1e-12)]
public partial class BertTinyLayer;

/// <summary>A layer of BERT-Base.</summary>
[Block, TransformerEncoderLayer(12, 3072, Activation = Activation.GELU, Epsilon = 1e-12)]
public partial class BertBaseLayer;

/// <summary>
/// BERT-Tiny (Turc et al. 2019, arXiv 1908.08962): two layers, 128 features, 4,385,920 parameters. Tokens and the sentence that
/// each belongs to, to a vector for the whole text, of which up to 128 are its own.
/// </summary>
[Model(128, Elements = Elements.Index), Input("sentences", 128, Elements = Elements.Index), Lengths,
    Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero)]
[Embedding(30522, 128, PaddingIndex = 0), PositionalEmbedding(512), Tag("words")]
[From("sentences"), Embedding(2, 128), Add("words"), LayerNorm(Epsilon = 1e-12), Dropout(0.1)]
[Use<BertTinyLayer>(Times = 2), Place(0), Linear(128), Tanh]
public partial class BertTiny;

/// <summary>BERT-Base (Devlin et al. 2018, arXiv 1810.04805): twelve layers, 768 features, 109,482,240 parameters.</summary>
[Model(128, Elements = Elements.Index), Input("sentences", 128, Elements = Elements.Index), Lengths,
    Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero)]
[Embedding(30522, 768, PaddingIndex = 0), PositionalEmbedding(512), Tag("words")]
[From("sentences"), Embedding(2, 768), Add("words"), LayerNorm(Epsilon = 1e-12), Dropout(0.1)]
[Use<BertBaseLayer>(Times = 12), Place(0), Linear(768), Tanh]
public partial class BertBase;
