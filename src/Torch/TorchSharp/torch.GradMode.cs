using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until it is disposed, operations on this thread are not recorded.</summary>
    public static IDisposable no_grad() => new GradModeScope(false);

    /// <summary>Until it is disposed, operations on this thread are recorded, or not.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradModeScope(enabled);

    /// <summary>Until it is disposed, operations on this thread are recorded, or not.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeScope(mode);

    /// <summary>Whether operations on this thread are recorded.</summary>
    public static bool is_grad_enabled() => NativeMethods.GradMode() != 0;

    /// <summary>
    /// Until it is disposed, tensors made on this thread can never be part of a graph, and operations cost less.
    /// </summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceModeScope(mode);

    private sealed class GradModeScope : IDisposable
    {
        private readonly int previous = NativeMethods.GradMode();
        private bool left;

        public GradModeScope(bool enabled) => NativeMethods.SetGradMode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (!left)
            {
                left = true;
                NativeMethods.SetGradMode(previous);
            }
        }
    }

    private sealed unsafe class InferenceModeScope : IDisposable
    {
        private nint guard;

        public InferenceModeScope(bool enabled)
        {
            nint entered;
            NativeStatus.Check(NativeMethods.InferenceModeEnter(enabled ? 1 : 0, &entered));
            guard = entered;
        }

        public void Dispose()
        {
            var left = Interlocked.Exchange(ref guard, 0);
            if (left != 0)
            {
                NativeMethods.InferenceModeLeave(left);
            }
        }
    }
}
