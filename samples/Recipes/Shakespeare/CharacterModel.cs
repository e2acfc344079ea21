using Dsl;

namespace Recipes.Shakespeare;

/// <summary>A layer of GPT-2 without biases; what ends a branch starts smaller by √(2·4), as in GPT-2.</summary>
[Block]
[TransformerEncoderLayer(4, 512, NormFirst = true, Causal = true, Activation = Activation.GELU, Dropout = 0, Bias = false)]
[Init(Initializer.Normal, Residuals = 8, Parameter = "out_proj.weight"),
    Init(Initializer.Normal, Residuals = 8, Parameter = "linear2.weight")]
public partial class CharacterLayer;

/// <summary>A model of characters: the next of 65 at each of 64 places; the table of characters reads and writes.</summary>
[Model(64, Elements = Elements.Index), Init(Initializer.Normal, Std = 0.02)]
[Embedding(65, 128, Share = "characters"), PositionalEmbedding]
[Use<CharacterLayer>(Times = 4), LayerNorm(Bias = false), Linear(65, Bias = false, Share = "characters")]
public partial class CharacterModel;

/// <summary>The recipe of nanoGPT for a CPU.</summary>
[Trainer<CharacterModel>, CrossEntropy(PerPosition = true)]
[AdamW(1e-3, Beta2 = 0.99, WeightDecay = 0.1, DecayVectors = false), Cosine(WarmupSteps = 100, Minimum = 1e-4), ClipGradNorm(1)]
[BatchSize(12), Steps(2000)]
public partial class CharacterTrainer;
