using Dsl;

namespace Zoo;

/// <summary>A layer of BERT, under Hugging Face's names.</summary>
[Block, TransformerEncoderLayer(Arg.Heads, Arg.Hidden, Activation = Activation.GELU, Epsilon = 1e-12),
    Pretrained("0.self_attn.in_proj_weight", Joined = new[]
        { "attention.self.query.weight", "attention.self.key.weight", "attention.self.value.weight" }),
    Pretrained("0.self_attn.in_proj_bias", Joined = new[]
        { "attention.self.query.bias", "attention.self.key.bias", "attention.self.value.bias" }),
    Pretrained("0.self_attn.out_proj", From = "attention.output.dense"),
    Pretrained("0.norm1", From = "attention.output.LayerNorm"),
    Pretrained("0.linear1", From = "intermediate.dense"), Pretrained("0.linear2", From = "output.dense"),
    Pretrained("0.norm2", From = "output.LayerNorm")]
public partial class BertLayer;

/// <summary>
/// BERT-Tiny (Turc et al. 2019, arXiv 1908.08962): two layers, 128 features, 4,385,920 parameters. Tokens and the sentence that
/// each belongs to, to a vector for the whole text, of which up to 128 are its own.
/// </summary>
[Model(128, Elements = Elements.Index), Input("sentences", 128, Elements = Elements.Index), Lengths,
    Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero),
    Pretrained("0", From = "bert.embeddings.word_embeddings"), Pretrained("1", From = "bert.embeddings.position_embeddings"),
    Pretrained("4", From = "bert.embeddings.token_type_embeddings"), Pretrained("6", From = "bert.embeddings.LayerNorm"),
    Pretrained("8", From = "bert.encoder.layer.0", Times = 2), Pretrained("11", From = "bert.pooler.dense"),
    UnusedPretrained("bert.embeddings.position_ids"), UnusedPretrained("cls")]
[Embedding(30522, 128, PaddingIndex = 0), PositionalEmbedding(512), Tag("words")]
[From("sentences"), Embedding(2, 128), Add("words"), LayerNorm(Epsilon = 1e-12), Dropout(0.1)]
[Use<BertLayer>(Heads = 2, Hidden = 512, Times = 2), Place(0), Linear(128), Tanh]
public partial class BertTiny;

/// <summary>BERT-Base (Devlin et al. 2018, arXiv 1810.04805): twelve layers, 768 features, 109,482,240 parameters.</summary>
[Model(128, Elements = Elements.Index), Input("sentences", 128, Elements = Elements.Index), Lengths,
    Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero),
    Pretrained("0", From = "bert.embeddings.word_embeddings"), Pretrained("1", From = "bert.embeddings.position_embeddings"),
    Pretrained("4", From = "bert.embeddings.token_type_embeddings"), Pretrained("6", From = "bert.embeddings.LayerNorm"),
    Pretrained("8", From = "bert.encoder.layer.0", Times = 12), Pretrained("21", From = "bert.pooler.dense"),
    UnusedPretrained("bert.embeddings.position_ids"), UnusedPretrained("cls")]
[Embedding(30522, 768, PaddingIndex = 0), PositionalEmbedding(512), Tag("words")]
[From("sentences"), Embedding(2, 768), Add("words"), LayerNorm(Epsilon = 1e-12), Dropout(0.1)]
[Use<BertLayer>(Heads = 12, Hidden = 3072, Times = 12), Place(0), Linear(768), Tanh]
public partial class BertBase;

/// <summary>
/// all-MiniLM-L6-v2 (Wang et al. 2020, arXiv 2002.10957; Reimers and Gurevych 2019, arXiv 1908.10084): six layers of BERT, 384
/// features, 22,565,376 parameters; the mean over a text's own tokens is its embedding.
/// </summary>
[Model(128, Elements = Elements.Index), Input("sentences", 128, Elements = Elements.Index), Lengths,
    Init(Initializer.Normal, Std = 0.02, Bias = Initializer.Zero),
    Pretrained("0", From = "embeddings.word_embeddings"), Pretrained("1", From = "embeddings.position_embeddings"),
    Pretrained("4", From = "embeddings.token_type_embeddings"), Pretrained("6", From = "embeddings.LayerNorm"),
    Pretrained("8", From = "encoder.layer.0", Times = 6),
    UnusedPretrained("embeddings.position_ids"), UnusedPretrained("pooler")]
[Embedding(30522, 384, PaddingIndex = 0), PositionalEmbedding(512), Tag("words")]
[From("sentences"), Embedding(2, 384), Add("words"), LayerNorm(Epsilon = 1e-12), Dropout(0.1)]
[Use<BertLayer>(Heads = 12, Hidden = 1536, Times = 6), Permute(2, 1), GlobalAvgPool1d]
public partial class MiniLm;
