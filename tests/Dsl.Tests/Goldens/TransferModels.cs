namespace Dsl.Tests.Transfer;

[Model(7), LoraLinear(5, 2)]
public partial class Lora;

[Model(7), LoraLinear(5, 2, Alpha = 8)]
public partial class LoraAlpha;

[Model(4, 7), LoraLinear(5, 2, Alpha = 3)]
public partial class LoraSequence;

[Model(3, 6, 6), LoraConv2d(5, 3, 2, Padding = 1)]
public partial class LoraConv;

[Model(3, 7, 6), LoraConv2d(5, 3, 2, Alpha = 6, Stride = 2, Padding = 2, Dilation = 2)]
public partial class LoraConvStride;

[Model(4, 6), LoraSelfAttention(2, 2)]
public partial class LoraAttention;

[Model(4, 6), LoraSelfAttention(3, 2, Alpha = 5, Causal = true)]
public partial class LoraAttentionCausal;

[Model(4, 6), PrefixSelfAttention(2, 3, Hidden = 5)]
public partial class Prefix;

[Model(4, 6), PrefixSelfAttention(3, 2, Hidden = 0, Causal = true)]
public partial class PrefixDirectCausal;

// What ends early, with turned keys.
[Model(5, 8), Lengths]
[PrefixSelfAttention(2, 3, Hidden = 4, Rotary = true), LoraSelfAttention(2, 2, Rotary = true, Alpha = 4), Place(-1), Linear(3)]
public partial class Ending;

[Trainer<Ending>, CrossEntropy, AdamW(1e-2, WeightDecay = 0.1), Steps(3)]
public partial class EndingTrainer;

[Trainer<Ending>(Backward = Backward.Autograd), CrossEntropy, AdamW(1e-2, WeightDecay = 0.1), Steps(3)]
public partial class EndingTrainerByAutograd;

[Model(7), Adapter(3)]
public partial class Adapted;

[Model(4, 7), Adapter(3)]
public partial class AdaptedSequence;

[Model(4, 5, 5), Adapter(2)]
public partial class AdaptedImage;

[Model(7), Linear(6), ReLU, Linear(6), ReLU, Linear(3)]
public partial class Whole;

[Model(7), LoraLinear(6, 2, Alpha = 4), ReLU, LoraLinear(6, 3, Bias = false), ReLU, Linear(3)]
public partial class Tuned;

[Trainer<Tuned>, CrossEntropy, AdamW(1e-2, WeightDecay = 0.1), Steps(3)]
public partial class TunedTrainer;

[Trainer<Tuned>(Backward = Backward.Autograd), CrossEntropy, AdamW(1e-2, WeightDecay = 0.1), Steps(3)]
public partial class TunedTrainerByAutograd;
