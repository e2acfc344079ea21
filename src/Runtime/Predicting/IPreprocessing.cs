using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What is done to the data of a declared data set before a network sees it, and what a file says of that.</summary>
public interface IPreprocessing
{
    /// <summary>The record's name.</summary>
    string Name { get; }

    /// <summary>What the description tells of, in plural: <c>columns</c>, <c>images</c>.</summary>
    string Parts { get; }

    /// <summary>What a model depends on, a line for each part: a file with another description is refused.</summary>
    string Description { get; }

    /// <summary>The names of the classes, in the order of the outputs; empty where the label is none.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>The statistics, where the network has them not among its own buffers.</summary>
    Tensor? State { get; }

    /// <summary>Refuses to go on without statistics.</summary>
    /// <exception cref="InvalidOperationException">They are not known.</exception>
    void RequireFitted();
}
