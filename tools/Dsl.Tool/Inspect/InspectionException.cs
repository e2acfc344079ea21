namespace Dsl.Inspect;

/// <summary>Something that the user can put right; its message says what.</summary>
internal sealed class InspectionException(string message) : Exception(message);
