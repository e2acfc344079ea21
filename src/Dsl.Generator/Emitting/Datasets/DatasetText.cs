using System;
using System.Collections.Generic;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Datasets;

/// <summary>What models and trainers for one kind of data set write otherwise than for another.</summary>
internal abstract class DatasetText(DatasetProgram dataset)
{
    /// <summary>The text for a data set.</summary>
    public static DatasetText Of(DatasetProgram dataset) => dataset switch
    {
        TableProgram table => new TableText(table),
        ImageFolderProgram images => new ImageText(images),
        _ => throw new InvalidOperationException($"{dataset.GetType().Name} is no data set"),
    };

    /// <summary>The record.</summary>
    public string Row => dataset.Declaration.Type.GlobalName;

    /// <summary>The type of the data.</summary>
    public abstract string Data { get; }

    /// <summary>The type of what predicts.</summary>
    public abstract string Predictor { get; }

    /// <summary>What makes it, in the model's constructor.</summary>
    public abstract string Creation { get; }

    /// <summary>The type of what is done to the data.</summary>
    public abstract string Preprocessing { get; }

    /// <summary>Whether a copy of the model takes the object of the original; else it has one of its own.</summary>
    public abstract bool SharesPreprocessing { get; }

    /// <summary>What that is, in a sentence.</summary>
    public abstract string PreprocessingWords { get; }

    /// <summary>What a file of the model holds, in a sentence.</summary>
    public abstract string FileWords { get; }

    /// <summary>What the data are called in sentences: <c>rows</c>.</summary>
    public abstract string Rows { get; }

    /// <summary>What training does with the data first, in a sentence; empty for nothing.</summary>
    public abstract string FittingWords { get; }

    /// <summary>Whether statistics are found on the training data.</summary>
    public abstract bool Fits { get; }

    /// <summary>What is predicted, at the beginning of a sentence.</summary>
    public string What => dataset.Output switch
    {
        DatasetOutput.Class => "Class and probabilities",
        DatasetOutput.Flag => "Yes or no, and its probability,",
        DatasetOutput.Flags => "Labels and their probabilities",
        DatasetOutput.Number => $"{dataset.Labels[0].Name}, in the table's unit,",
        _ => $"{string.Join(", ", System.Linq.Enumerable.Select(dataset.Labels, label => label.Name))}, in the table's units,",
    };

    /// <summary>Its type.</summary>
    public string Result => dataset.Output switch
    {
        DatasetOutput.Class => $"ClassPrediction<{dataset.Labels[0].Declaration.TypeName}>",
        DatasetOutput.Flag => "BinaryPrediction",
        DatasetOutput.Flags => "MultiLabelPrediction",
        DatasetOutput.Number => "double",
        _ => "double[]",
    };

    /// <summary>The interface of a model, by which ensembles of it predict as well.</summary>
    public abstract string Interface { get; }

    /// <summary>What the model does for an ensemble: members of the interface, a line each.</summary>
    public abstract IEnumerable<string> EnsembleMembers(NetworkProgram network);

    /// <summary>The ways to ask for predictions: what is given, its name, what it is in a sentence, whether there are many, and
    /// what the model answers with.</summary>
    public abstract IEnumerable<(string Type, string Name, string Words, bool IsMany, string Body)> Predictions(
        NetworkProgram network);

    /// <summary>An expression that gives data as tensors, for <c>using</c>.</summary>
    /// <param name="data">The data.</param>
    /// <param name="order">The trainer's order, and its step; null where they are read as they stand.</param>
    /// <param name="inUnit">Whether labels are in the unit of the rows and not in the model's.</param>
    public abstract string Encode(string data, (string Sampler, string Step)? order = null, bool inUnit = false);

    /// <summary>What a graph of ONNX takes in the place of the network's input; null for that input as it is.</summary>
    public virtual string? OnnxInput => null;

    /// <summary>A statement that ends a graph of ONNX in what the model predicts; null where it predicts no label.</summary>
    /// <param name="network">The network.</param>
    /// <param name="value">Its output in the graph.</param>
    public string? OnnxOutput(NetworkProgram network, string value) => dataset.Output switch
    {
        DatasetOutput.Class => $"onnx.Classes({value}, Preprocessing{AreProbabilities(network)});",
        DatasetOutput.Flag or DatasetOutput.Flags => $"onnx.Flags({value}, Preprocessing{AreProbabilities(network)});",
        DatasetOutput.Number or DatasetOutput.Numbers => $"onnx.Numbers({value}, Preprocessing);",
        _ => null,
    };

    /// <summary>What ends in a softmax or a sigmoid gives probabilities already.</summary>
    protected static string AreProbabilities(NetworkProgram network) =>
        network.Results[0].Value.Producer.Operation is Softmax or Sigmoid ? ", areProbabilities: true" : "";
}
