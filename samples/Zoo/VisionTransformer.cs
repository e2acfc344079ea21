using Dsl;

namespace Zoo;

/// <summary>A layer of ViT-Ti (Dosovitskiy et al. 2020, arXiv 2010.11929, equations 2 and 3; the size is that of Touvron et al.
/// 2020, arXiv 2012.12877).</summary>
[Block, TransformerEncoderLayer(3, 768, NormFirst = true, Activation = Activation.GELU)]
public partial class VisionLayer;

/// <summary>ViT-Ti/4 for 32x32 images: patches of 4x4, 5,362,762 parameters.</summary>
[Model(3, 32, 32), Init(Initializer.TruncatedNormal, Std = 0.02, Bias = Initializer.Zero)]
[Conv2d(192, 4, Stride = 4), Reshape(192, 64), Permute(2, 1), ClassToken, PositionalEmbedding, Dropout(0.1)]
[Use<VisionLayer>(Times = 12), LayerNorm, Place(0), Linear(10)]
public partial class VisionTransformer;
