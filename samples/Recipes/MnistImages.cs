using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes;

/// <summary>The 10,000 test images of MNIST, [N, 1, 28, 28] in [0, 1]: the first 8,000 to learn from, 2,000 to be tested
/// on.</summary>
public static class MnistImages
{
    /// <summary>The data set's folder below that of <see cref="DataFolder"/>.</summary>
    public const string DataSet = "mnist-t10k";

    private const int TrainingImages = 8000;

    /// <summary>Reads them; both are the caller's to free.</summary>
    public static (InMemoryData Train, InMemoryData Test) Load()
    {
        using var data = IdxData.Load(
            DataFolder.File(DataSet, "t10k-images-idx3-ubyte.gz"), DataFolder.File(DataSet, "t10k-labels-idx1-ubyte.gz"));
        using Tensor training = arange(TrainingImages), testing = arange(TrainingImages, data.Count);
        return (data.Subset(training), data.Subset(testing));
    }
}
