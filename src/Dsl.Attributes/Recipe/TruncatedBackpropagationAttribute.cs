namespace Dsl;

/// <summary>
/// Truncated backpropagation through time: long sequences are read part by part, each part starts from the states that the one
/// before it has ended with, and no gradient goes through these (Williams and Peng 1990, Neural Computation 2; Zaremba et al.
/// 2014, arXiv 1409.2329, section 4.1).
/// </summary>
/// <remarks>
/// For a model with <c>CarriesStates = true</c>, whose T places are the length of a part, and data that are as many parallel
/// streams as a batch has samples, such as <c>TokenStreams</c>. States are zero at the start of an epoch, belong to checkpoints,
/// and are carried in an evaluation the same way.
/// </remarks>
/// <example><code>
/// [CrossEntropy(PerPosition = true), TruncatedBackpropagation, Adam(1e-3), BatchSize(20), Epochs(10)]
/// </code></example>
public sealed class TruncatedBackpropagationAttribute : RecipeAttribute;
