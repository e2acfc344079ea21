using Dsl;

namespace Recipes.Latents;

/// <summary>Means and log variances of 8 latent numbers.</summary>
[Model(1, 8, 8), Flatten, Linear(128), ReLU, Linear(16)]
public partial class Posterior;

/// <summary>Logits of pixels.</summary>
[Model(8), Linear(128), ReLU, Linear(64), Reshape(1, 8, 8)]
public partial class Decoder;

[Trainer<Posterior>, VariationalAutoencoder<Decoder>, Adam(1e-3), BatchSize(64, DropLast = true), Epochs(150)]
public partial class DigitsTrainer;
