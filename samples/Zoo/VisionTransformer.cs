using Dsl;

namespace Zoo;

/// <summary>A layer of ViT-Ti (Dosovitskiy et al. 2020, arXiv 2010.11929, equations 2 and 3; the size is that of Touvron et al.
/// 2020, arXiv 2012.12877), under torchvision's names.</summary>
[Block, TransformerEncoderLayer(Arg.Heads, Arg.Hidden, NormFirst = true, Activation = Activation.GELU, Epsilon = 1e-6),
    Pretrained("0.norm1", From = "ln_1"), Pretrained("0.norm2", From = "ln_2"),
    Pretrained("0.self_attn", From = "self_attention"),
    Pretrained("0.linear1", From = "mlp.0"), Pretrained("0.linear2", From = "mlp.3")]
public partial class VisionLayer;

/// <summary>ViT-Ti/4 for 32x32 images: patches of 4x4, 5,362,762 parameters.</summary>
[Model(3, 32, 32), Init(Initializer.TruncatedNormal, Std = 0.02, Bias = Initializer.Zero),
    Pretrained("0", From = "conv_proj"), Pretrained("3.class_token", From = "class_token"),
    Pretrained("4.weight", From = "encoder.pos_embedding"), Pretrained("6", From = "encoder.layers.encoder_layer_0", Times = 12),
    Pretrained("18", From = "encoder.ln"), Pretrained("20", From = "heads.head")]
[Conv2d(192, 4, Stride = 4), Reshape(192, 64), Permute(2, 1), ClassToken, PositionalEmbedding, Dropout(0.1)]
[Use<VisionLayer>(Heads = 3, Hidden = 768, Times = 12), LayerNorm(Epsilon = 1e-6), Place(0), Linear(10)]
public partial class VisionTransformer;
