using Dsl;

namespace Zoo;

/// <summary>A layer of GPT-2 (Radford et al. 2019), under Hugging Face's names; in its files matrices lie the other way
/// round.</summary>
[Block, TransformerEncoderLayer(Arg.Heads, Arg.Hidden, NormFirst = true, Causal = true, Activation = Activation.GELUTanh),
    Pretrained("0.self_attn.in_proj_weight", From = "attn.c_attn.weight", Transposed = true),
    Pretrained("0.self_attn.in_proj_bias", From = "attn.c_attn.bias"),
    Pretrained("0.self_attn.out_proj", From = "attn.c_proj", Transposed = true),
    Pretrained("0.norm1", From = "ln_1"), Pretrained("0.norm2", From = "ln_2"),
    Pretrained("0.linear1", From = "mlp.c_fc", Transposed = true),
    Pretrained("0.linear2", From = "mlp.c_proj", Transposed = true),
    UnusedPretrained("attn.bias"), UnusedPretrained("attn.masked_bias")]
public partial class GptLayer;

/// <summary>A model of characters: the next of 65 at each of 64 places, 818,241 parameters.</summary>
[Model(64, Elements = Elements.Index), Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero)]
[Embedding(65, 128), PositionalEmbedding, Dropout(0.1), Use<GptLayer>(Heads = 4, Hidden = 512, Times = 4)]
[LayerNorm, Linear(65)]
public partial class CharacterGpt;

/// <summary>GPT-2, the smallest: twelve layers, 768 features, 124,439,808 parameters. 1024 tokens to the logits of the next one
/// at each place, by the matrix of the words.</summary>
[Model(1024, Elements = Elements.Index), Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero),
    Pretrained("0", From = "wte"), Pretrained("1", From = "wpe"), Pretrained("3", From = "h.0", Times = 12),
    Pretrained("15", From = "ln_f")]
[Embedding(50257, 768, Share = "words"), PositionalEmbedding, Dropout(0.1)]
[Use<GptLayer>(Heads = 12, Hidden = 3072, Times = 12), LayerNorm, Linear(50257, Bias = false, Share = "words")]
public partial class Gpt2;
