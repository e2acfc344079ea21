namespace Dsl.Tests.Masks;

[Model(50, 3, 3), Dropout2d(0.3)]
public partial class ChannelDropout;

[Model(2, 3, 3), DropPath(0.3)]
public partial class SampleDropout;

[Model(3, 3, 3), Conv2d(8, 3), Dropout2d(0.4), ReLU, DropPath(0.2), Flatten, Linear(8), DropPath(0.3), Linear(4), Dropout(0.5)]
public partial class EveryMask;

// A mask on logits is nothing to train with, and is here to be compared.
#pragma warning disable DSL608
[Trainer<EveryMask>, CrossEntropy, Sgd(0.1), Steps(10), Seed(3)]
public partial class MaskTrainer;
#pragma warning restore DSL608
