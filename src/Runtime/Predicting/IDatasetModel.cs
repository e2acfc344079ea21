namespace Dsl.Runtime;

/// <summary>A model for a declared data set: it knows what is done to the data before its network sees them.</summary>
public interface IDatasetModel
{
    /// <summary>What is done to the data, which is saved with the model.</summary>
    IPreprocessing Preprocessing { get; }
}
