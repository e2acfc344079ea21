using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>NVIDIA GPUs.</summary>
    public static class cuda
    {
        /// <summary>Whether libtorch was built for GPUs and finds one.</summary>
        public static bool is_available() => NativeMethods.CudaIsAvailable() != 0;

        /// <summary>Whether cuDNN can be used.</summary>
        public static bool is_cudnn_available() => NativeMethods.CudaCudnnIsAvailable() != 0;

        /// <summary>How many GPUs there are.</summary>
        public static int device_count() => NativeMethods.CudaDeviceCount();

        /// <summary>Seeds the default stream of the current GPU; does nothing without one.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available())
            {
                using var stream = Generator.DefaultOf(CUDA);
                stream.manual_seed(seed);
            }
        }

        /// <summary>Seeds the default streams of all GPUs; does nothing without one.</summary>
        public static void manual_seed_all(long seed)
        {
            for (var index = 0; index < device_count(); index++)
            {
                using var stream = Generator.DefaultOf(new Device(DeviceType.CUDA, index));
                stream.manual_seed(seed);
            }
        }

        /// <summary>Waits until a GPU, the current one when none is given, has done all work given to it.</summary>
        public static void synchronize(Device? device = null) =>
            NativeStatus.Check(NativeMethods.CudaSynchronize(device?.index ?? -1));
    }
}
