namespace Dsl.Generator.Declarations;

/// <summary>What the project says about the generated code.</summary>
/// <param name="Backward">The <c>DslBackward</c> property: explicit or autograd.</param>
internal sealed record CompilerOptions(Backward Backward);
