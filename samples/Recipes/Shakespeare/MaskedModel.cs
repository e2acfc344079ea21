using Dsl;

namespace Recipes.Shakespeare;

/// <summary>Which of 65 characters, and a mask, stands at each of 32 places, read from both ends.</summary>
[Model(32, Elements = Elements.Index)]
[Embedding(66, 48), Lstm(96, Bidirectional = true), Linear(66)]
public partial class MaskedModel;

/// <summary>BERT's pre-training on characters, five of each 32.</summary>
[Trainer<MaskedModel>, MaskedLanguageModel(65), Adam(3e-3), Cosine(WarmupSteps = 100, Minimum = 3e-4), ClipGradNorm(1)]
[BatchSize(16), Steps(1000)]
public partial class MaskedTrainer;
