namespace Dsl.Runtime;

/// <summary>How far two embeddings are from each other.</summary>
public enum EmbeddingDistance
{
    /// <summary>‖x − y‖.</summary>
    Euclidean,

    /// <summary>1 − x·y/(‖x‖·‖y‖), in [0, 2]. A row that is zero everywhere is an error.</summary>
    Cosine,
}
