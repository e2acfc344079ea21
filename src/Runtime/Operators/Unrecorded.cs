namespace Dsl.Runtime;

/// <summary>A time in which autograd records nothing on this thread: what <c>torch.no_grad()</c> is, without an object.</summary>
public readonly ref struct Unrecorded
{
    private readonly byte _before;

    internal Unrecorded(byte before) => _before = before;

    /// <summary>Records again, where it was recorded before.</summary>
    public void Dispose() => LibTorchAbi.SetGradMode(_before);
}
