using Dsl;

namespace Zoo;

/// <summary>A layer of the encoder.</summary>
[Block, TransformerEncoderLayer(8, 2048)]
public partial class EncoderLayer;

/// <summary>A layer of the decoder.</summary>
[Block, TransformerDecoderLayer(8, 2048, Context = "source")]
public partial class DecoderLayer;

/// <summary>
/// The transformer (Vaswani et al. 2017, arXiv 1706.03762), base size, from 32 tokens to 24 of 8000: torch.nn.Transformer's
/// 44,140,544 parameters, which include a normalisation at the end of each stack, and 12,296,000 of embeddings and output,
/// which the paper shares.
/// </summary>
[Model(32, Elements = Elements.Index), Input("target", 24, Elements = Elements.Index)]
[Embedding(8000, 512, Scaled = true), SinusoidalEncoding, Dropout(0.1), Use<EncoderLayer>(Times = 6), LayerNorm, Tag("source")]
[From("target"), Embedding(8000, 512, Scaled = true), SinusoidalEncoding, Dropout(0.1)]
[Use<DecoderLayer>(Times = 6), LayerNorm, Linear(8000)]
public partial class Translator;
