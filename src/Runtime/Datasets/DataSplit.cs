namespace Dsl.Runtime;

/// <summary>Rows in two parts.</summary>
/// <param name="Train">What a model is trained on.</param>
/// <param name="Test">What it is held against.</param>
public sealed record DataSplit<TData>(TData Train, TData Test);
