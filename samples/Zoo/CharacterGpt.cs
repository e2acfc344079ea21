using Dsl;

namespace Zoo;

/// <summary>A layer of GPT-2 (Radford et al. 2019), 128 features wide.</summary>
[Block, TransformerEncoderLayer(4, 512, NormFirst = true, Causal = true, Activation = Activation.GELUTanh)]
public partial class GptLayer;

/// <summary>A model of characters: the next of 65 at each of 64 places, 818,241 parameters.</summary>
[Model(64, Elements = Elements.Index), Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero)]
[Embedding(65, 128), PositionalEmbedding, Dropout(0.1), Use<GptLayer>(Times = 4), LayerNorm, Linear(65)]
public partial class CharacterGpt;
