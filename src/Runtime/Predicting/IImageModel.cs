namespace Dsl.Runtime;

/// <summary>A model for images, which predicts a class for each.</summary>
/// <typeparam name="TRow">The record.</typeparam>
/// <typeparam name="TClass">The type of the classes.</typeparam>
public interface IImageModel<TRow, TClass> : IDatasetModel
    where TRow : IImageRow<TRow>
    where TClass : notnull
{
    /// <summary>A prediction for each of several images that were read already.</summary>
    /// <param name="pixels">For each image C·H·W bytes, channel after channel, of the size that the record declares.</param>
    ClassPrediction<TClass>[] PredictPixels(IReadOnlyList<byte[]> pixels);
}
