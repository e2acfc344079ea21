using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers on one device.</summary>
    public unsafe class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A new stream, seeded.</summary>
        /// <param name="seed">The seed; equal seeds give equal streams on one kind of device.</param>
        /// <param name="device">Where the numbers are drawn; the CPU when not given.</param>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? new Device(DeviceType.CPU);
            nint created;
            NativeStatus.Check(NativeMethods.GeneratorNew((int)this.device.type, this.device.index, seed, &created));
            handle = created;
        }

        private Generator(nint handle, Device device)
        {
            this.handle = handle;
            this.device = device;
        }

        /// <summary>Releases the native stream when nobody did.</summary>
        ~Generator() => Release();

        /// <summary>The stream that operations on the CPU use when they are given none.</summary>
        public static Generator Default => DefaultOf(new Device(DeviceType.CPU));

        /// <summary>Where the numbers are drawn.</summary>
        public Device device { get; }

        /// <summary>The native generator (<c>at::Generator*</c>).</summary>
        /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
        public IntPtr Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle == 0, this);
                return handle;
            }
        }

        /// <summary>The stream that operations on a device use when they are given none.</summary>
        public static Generator DefaultOf(Device device)
        {
            ArgumentNullException.ThrowIfNull(device);
            nint found;
            NativeStatus.Check(NativeMethods.GeneratorDefault((int)device.type, device.index, &found));
            return new Generator(found, device);
        }

        /// <summary>Starts the stream over at a seed.</summary>
        /// <returns>This generator.</returns>
        public Generator manual_seed(long seed)
        {
            NativeStatus.Check(NativeMethods.GeneratorSeed(Handle, unchecked((ulong)seed)));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>The seed that the stream was last started from.</summary>
        public long initial_seed()
        {
            ulong seed;
            NativeStatus.Check(NativeMethods.GeneratorInitialSeed(Handle, &seed));
            GC.KeepAlive(this);
            return unchecked((long)seed);
        }

        /// <summary>The state of the stream: a byte tensor on the CPU, to be given to <see cref="set_state"/>.</summary>
        public Tensor get_state()
        {
            nint state;
            NativeStatus.Check(NativeMethods.GeneratorState(Handle, &state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        /// <summary>Puts the stream back to a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            NativeStatus.Check(NativeMethods.GeneratorSetState(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        /// <summary>Releases the native stream.</summary>
        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native stream.</summary>
        protected virtual void Dispose(bool disposing) => Release();

        private void Release()
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0)
            {
                NativeMethods.GeneratorFree(released);
            }
        }
    }
}
