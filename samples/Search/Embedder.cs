using Dsl;

namespace Search;

[Augmentation, RandomShift(1), RandomRotation(15), RandomScale(0.9, 1.1)]
public partial class Moved;

[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(32)]
public partial class Embedder;

[Trainer<Embedder>, Triplet(Margin = 0.2), Augment<Moved>]
[Adam(2e-3), Cosine, BatchSize(64), SamplesPerClass(8), Epochs(20)]
public partial class EmbedderTrainer;
