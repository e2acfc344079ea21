using Dsl;

namespace Zoo;

/// <summary>A convolutional autoencoder for 28x28 images: down to 32 numbers and up again.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 3, Stride = 2, Padding = 1), ReLU, Conv2d(32, 3, Stride = 2, Padding = 1), ReLU]
[Flatten, Linear(32)]
[Linear(32 * 7 * 7), ReLU, Reshape(32, 7, 7)]
[ConvTranspose2d(16, 2, Stride = 2), ReLU, ConvTranspose2d(1, 2, Stride = 2), Sigmoid]
public partial class ConvAutoencoder;
