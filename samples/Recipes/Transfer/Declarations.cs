using Dsl;

namespace Recipes.Transfer;

/// <summary>What is trained on some digits, and then goes on to others: 563,722 numbers.</summary>
[Model(64), Linear(512), ReLU, Linear(512), ReLU, Linear(512), ReLU, Linear(10)]
public partial class Whole;

/// <summary>Features that stay, and a new head.</summary>
[Model(64), Linear(512), ReLU, Linear(512), ReLU, Linear(512), ReLU, Frozen, Linear(10)]
public partial class Head;

/// <summary>Low-rank changes of what stays, and a new head.</summary>
[Model(64), LoraLinear(512, 8, Alpha = 16), ReLU, LoraLinear(512, 8, Alpha = 16), ReLU, LoraLinear(512, 8, Alpha = 16), ReLU]
[Linear(10)]
public partial class LowRank;

[Block, Linear(512), ReLU, Frozen]
public partial class Held;

/// <summary>Adapters between what stays, and a new head.</summary>
[Model(64), Use<Held>, Adapter(6), Use<Held>, Adapter(6), Use<Held>, Adapter(6), Linear(10)]
public partial class Adapted;

[Trainer<Whole>, CrossEntropy, Adam(1e-3), BatchSize(32), Epochs(40)]
public partial class WholeTrainer;

[Trainer<Head>, CrossEntropy, Adam(3e-3), BatchSize(32), Epochs(40)]
public partial class HeadTrainer;

[Trainer<LowRank>, CrossEntropy, Adam(3e-3), BatchSize(32), Epochs(40)]
public partial class LowRankTrainer;

[Trainer<Adapted>, CrossEntropy, Adam(3e-3), BatchSize(32), Epochs(40)]
public partial class AdaptedTrainer;
