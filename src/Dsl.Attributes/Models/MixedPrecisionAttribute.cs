using System;

namespace Dsl;

/// <summary>
/// A model's products and convolutions, forward and backward, take factors of 16 bits (bfloat16: 8 bits of exponent, 8 of
/// precision). Parameters, their gradients, optimizers, and all that layers compute beside products stay with 32 bits
/// (Micikevicius et al. 2018, Mixed Precision Training; Kalamkar et al. 2019, A Study of BFLOAT16 for Deep Learning Training).
/// </summary>
/// <remarks>
/// A factor is rounded once and kept for the backward pass in place of its 32 bits; a product's sums have 32 bits, its result is
/// rounded to bfloat16 and read with 32, and a bias is added then. Recurrences, embeddings, normalisations, softmax and losses
/// stay with 32 bits. bfloat16 has the range of 32 bits: losses are not scaled. The model computes so whoever trains or asks
/// it; an exported ONNX file does not. It pays where the device multiplies 16 bits faster: GPUs from NVIDIA's Ampere on, and
/// processors with AVX512_BF16 or AMX; on others it is slower.
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32), MixedPrecision]
/// [Conv2d(64, 3, Padding = 1), ReLU, GlobalAvgPool2d, Linear(10)]
/// public partial class Net;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MixedPrecisionAttribute : Attribute;
