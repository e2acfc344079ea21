using System.Diagnostics.CodeAnalysis;
using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An n-dimensional array on some device: a handle to libtorch's tensor.</summary>
    /// <remarks>A tensor belongs to the innermost dispose scope of the thread that made it, and is released with it.</remarks>
    public unsafe partial class Tensor : IDisposable
    {
        private nint handle;

        /// <summary>The scope that disposes this tensor, and its place there; both are the scope's to change.</summary>
        internal DisposeScope? OwningDisposeScope;
        internal int ScopeSlot;

        /// <summary>Takes ownership of a native handle.</summary>
        internal Tensor(IntPtr handle)
        {
            this.handle = handle;
            DisposeScope.Innermost?.Add(this);
        }

        /// <summary>Releases the native tensor when nobody did.</summary>
        ~Tensor() => Release();

        /// <summary>The native tensor: a pointer to an <c>at::Tensor</c> on the heap.</summary>
        /// <exception cref="InvalidOperationException">The tensor is disposed.</exception>
        public IntPtr Handle
        {
            get
            {
                var current = handle;
                if (current == 0)
                {
                    ThrowInvalid();
                }

                return current;
            }
        }

        /// <summary>Whether the tensor is disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>Wraps a native handle and owns it from now on.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        /// <summary>Gives the native handle away: this tensor becomes invalid, and the caller owns the handle.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var given = Handle;
            handle = 0;
            OwningDisposeScope?.Remove(this);
            return given;
        }

        /// <summary>Moves the tensor from its scope to the one around it, or out of all scopes when there is none.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope: the caller disposes it.</summary>
        /// <returns>This tensor.</returns>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Remove(this);
            return this;
        }

        /// <summary>Moves the tensor to another scope, or out of all scopes when there is none.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            OwningDisposeScope?.Remove(this);
            other?.Add(this);
            return this;
        }

        /// <summary>Moves the tensor to the scope of another one.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return MoveToOtherDisposeScope(other.OwningDisposeScope);
        }

        /// <summary>Releases the native tensor. Other tensors that share its memory stay valid.</summary>
        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native tensor.</summary>
        protected virtual void Dispose(bool disposing)
        {
            OwningDisposeScope?.Remove(this);
            Release();
        }

        private void Release()
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0)
            {
                NativeMethods.TensorFree(released);
            }
        }

        [DoesNotReturn]
        private static void ThrowInvalid() => throw new InvalidOperationException("Tensor invalid -- empty handle.");
    }
}
