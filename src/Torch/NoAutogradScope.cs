namespace Dsl.Torch;

/// <summary>A stretch of code that runs below autograd; opened by <see cref="Aten.NoAutograd"/>, closed by disposing.</summary>
/// <remarks>It changes the state of the thread, so it lives on the stack: scopes close in the order opposite to opening.</remarks>
public unsafe ref struct NoAutogradScope : IDisposable
{
    private ThreadState previous;
    private bool isOpen;

    /// <summary>Puts the thread back to how it was; does nothing when called again.</summary>
    public void Dispose()
    {
        if (isOpen)
        {
            isOpen = false;
            fixed (ThreadState* pointer = &previous)
            {
                NativeMethods.NoAutogradLeave(pointer);
            }
        }
    }

    internal static NoAutogradScope Enter()
    {
        ThreadState previous;
        NativeMethods.NoAutogradEnter(&previous);
        return new NoAutogradScope { previous = previous, isOpen = true };
    }
}
