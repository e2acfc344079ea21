namespace Dsl.Tests.Transfer;

[Model(7), LoraLinear(5, 2)]
public partial class Lora;

[Model(7), LoraLinear(5, 2, Alpha = 8)]
public partial class LoraAlpha;

[Model(4, 7), LoraLinear(5, 2, Alpha = 3)]
public partial class LoraSequence;

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
