using System;
using System.Collections.Generic;

namespace Dsl.Generator.Reading;

/// <summary>
/// What generated code imports by its using directives, and under which names it uses it. A namespace of the user's that has
/// one of these names would give it another meaning, since C# looks there first. A test holds the list.
/// </summary>
internal static class ImportedNames
{
    public static readonly HashSet<string> Namespaces = ["System", "System.Collections.Generic", "System.Numerics",
        "Dsl.Runtime", "TorchSharp", "TorchSharp.Modules"];

    public static HashSet<string> Set => Known.Value;

    private static readonly Lazy<HashSet<string>> Known = new(() => new HashSet<string>(All, StringComparer.Ordinal));

    public static readonly string[] All =
    [
        "AffineMap", "ArgumentException", "Array", "Aten", "AugMixing", "BatchStatistics", "BatchWindow", "BestWeights",
        "BinaryClassification", "BinaryEvaluation",
        "CPU", "ChannelNormalization", "Checkpoint", "Codebook", "ClassFrequencies", "ClassLabels", "Classification", "CutMixBox",
        "DataTransfer", "Device",
        "Dictionary", "DistributionMatching", "DrawSampler", "EdgeLists", "EmbeddingTable",
        "EpochSampler", "Evaluation", "EvidenceBound", "FrozenNetwork",
        "GaussianNoise", "Generator", "GruRecurrence", "Hyperparameter", "IDataSource", "IDisposable", "IExplicitModel",
        "IFurtherInputs",
        "ILabeledDataSource", "IReadOnlyList", "LoadedWeights", "PretrainedWeights",
        "ITrainingProgress", "ImageColor", "ImageErasing", "ImageFlip", "ImageSharpness", "ImageShift", "ImageTone",
        "InitialValues",
        "InvalidOperationException", "InvertedDropout", "NetworkState", "LstmRecurrence", "ManifoldMixing", "Math", "ModelInput",
        "NewDisposeScope", "PaddingModes",
        "ClassificationReport", "PredictionRecord", "RegressionReport",
        "Parameter", "ParameterArena", "RandAugmentation", "RandomStream", "Regression", "RegressionEvaluation",
        "RnnRecurrence", "RowMixing",
        "ScalarType", "SequenceTables", "Span", "Targets", "TeacherCache", "TeacherEnsemble", "TeacherNoise", "Tensor",
        "TrainingMode", "TrainingReport", "TrustRatio", "UnitwiseClipping", "Vector", "VirtualTeacher", "cat",
        "lerp", "nn", "no_grad",
        "ones",
        "ArgumentNullException", "ArgumentOutOfRangeException", "Confidence", "ConstantParameters", "Episodes", "IEpisodeSource",
        "KeptStatistics", "PredictionAverages", "RowQueue", "SampleRows", "SampleVectors",
        "OwnLoss", "OwnMetrics", "StepRollBacks", "StepSkips",
        "BinaryPrediction", "ClassPrediction", "CrossValidation", "IEnumerable", "MultiLabelPrediction", "TableData",
        "ColumnKind", "ColumnRole", "ColumnSchema", "CsvFormat", "Func", "ITableRow", "Imputation", "MinMaxScaling",
        "StandardizeScaling", "TableCells", "TableLine", "TableSchema",
        "DataSplit", "ModelFile", "TablePredictor", "TablePreprocessing",
        "IImageRow", "ImageClasses", "ImageData", "ImagePredictor", "ImagePreprocessing", "ImageScaling", "ImageSchema",
        "ImagePatches", "ImageRotation", "InputMasking", "LatentPath",
        "ClassSampler", "EmbeddingDistance", "EmbeddingRetrieval", "EmbeddingSpread", "FeatureProbe", "MinedTriplets",
        "ProbeData",
        "ProbeEvaluation", "PseudoLabels", "RetrievalEvaluation", "SamplePairs",
        "SimilarityNormalizer",
        "autograd", "enable_grad",
        "stack", "tensor", "var", "where", "zeros",
    ];
}
