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

/// <summary>Sixteen numbers at each of 4 x 4 places, for each of which stands the nearest of 64 codes.</summary>
[Model(1, 8, 8), Conv2d(32, 4, Stride = 2, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, Conv2d(16, 1)]
public partial class PlaceEncoder;

/// <summary>Pixels of codes.</summary>
[Model(16, 4, 4), Conv2d(32, 3, Padding = 1), ReLU, ConvTranspose2d(32, 4, Stride = 2, Padding = 1), ReLU]
[Conv2d(1, 3, Padding = 1)]
public partial class PlaceDecoder;

[Trainer<PlaceEncoder>, VectorQuantizedAutoencoder<PlaceDecoder>(64), Adam(1e-3), BatchSize(64, DropLast = true), Epochs(100)]
public partial class CodesTrainer;
