namespace TorchSharp;

/// <summary>libtorch's operations and types, under TorchSharp's names.</summary>
public static partial class torch
{
    /// <summary>The innermost open dispose scope of this thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScope.Innermost;

    /// <summary>Opens a scope: tensors made on this thread until it is disposed are disposed with it.</summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Runs a function in a scope of its own and keeps only the tensor that it returns.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
