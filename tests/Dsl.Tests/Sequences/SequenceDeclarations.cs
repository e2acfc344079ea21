namespace Dsl.Tests.Decoded;

[Model(8, Elements = Elements.Index, Stepwise = true), Embedding(11, 12), PositionalEmbedding]
[TransformerEncoderLayer(3, 20, NormFirst = true, Causal = true, Dropout = 0)]
[TransformerEncoderLayer(2, 16, Causal = true, Dropout = 0), LayerNorm, Linear(11)]
public partial class Gpt;

[Model(8, Elements = Elements.Index, Stepwise = true), Embedding(11, 12), Tag("embedded")]
[SelfAttention(3, Causal = true, Rotary = true), Add("embedded"), Linear(11)]
public partial class RotaryGpt;

[Model(8, Elements = Elements.Index, Stepwise = true), Embedding(11, 12), Lstm(9, Layers = 2), Linear(11)]
public partial class LstmWriter;

[Model(8, Elements = Elements.Index, Stepwise = true), Embedding(11, 12), Gru(9, Layers = 2), Linear(11)]
public partial class GruWriter;

[Model(8, Elements = Elements.Index, Stepwise = true), Embedding(11, 12)]
[Rnn(9, Layers = 2, Nonlinearity = RnnNonlinearity.ReLU), Linear(11)]
public partial class RnnWriter;

/// <summary>Of normalisations and gates that are several operations, and with dropout.</summary>
[Block]
[TransformerEncoderLayer(2, 16, NormFirst = true, Causal = true, Dropout = 0.3), RMSNorm, Tag("rows"), Linear(12), SiLU]
[Multiply("rows"), Dropout(0.2)]
public partial class WriterLayer;

[Model(6, Elements = Elements.Index, Stepwise = true), Embedding(11, 12), SinusoidalEncoding, Use<WriterLayer>(Times = 2)]
[Linear(11), LogSoftmax]
public partial class BlockWriter;

/// <summary>Places of numbers, with a longer table of positions.</summary>
[Model(6, 4, Stepwise = true), Linear(12), PositionalEmbedding(9), SelfAttention(2, Causal = true), Linear(3)]
public partial class NumberWriter;

[Model(5, Elements = Elements.Index), Input("target", 4, Elements = Elements.Index)]
[Embedding(7, 8), Tag("source"), From("target"), Embedding(7, 8), PositionalEmbedding]
[TransformerDecoderLayer(2, 16, Context = "source", Causal = true, Dropout = 0), Linear(7)]
public partial class SmallTranslator;
